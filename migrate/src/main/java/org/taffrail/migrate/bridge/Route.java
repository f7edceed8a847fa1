// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.bridge;

import org.taffrail.migrate.message.Address;

/**
 * From which destination of the one provider to which of the other.
 *
 * @param from where messages come from; a topic's name may have options behind a question mark
 *     where the provider takes them
 * @param to where they go
 */
public record Route(Address from, Address to) {
    /** What the names of the bridge's own queues and subscriptions begin with. */
    static final String PREFIX = "taffrail.migrate.";

    /** Where every open link into a provider is named. */
    static final String CLAIMS = PREFIX + "claims";

    /**
     * Reads what was typed.
     *
     * @param kind queue or topic
     * @param text NAME, or FROM=TO
     * @return the route
     * @throws IllegalArgumentException if a name is empty, or one of the bridge's own
     */
    public static Route parse(Address.Kind kind, String text) {
        int sign = text.lastIndexOf('=');
        boolean renamed = sign >= 0 && text.indexOf('?') < 0;
        String from = renamed ? text.substring(0, sign) : text;
        String to = renamed ? text.substring(sign + 1) : withoutOptions(text);
        if (from.isBlank() || to.isBlank()) {
            throw new IllegalArgumentException("\"" + text + "\" is neither NAME nor FROM=TO");
        }
        if (from.startsWith(PREFIX) || to.startsWith(PREFIX)) {
            throw new IllegalArgumentException(
                    "what begins with " + PREFIX + " is the bridge's own: " + text);
        }
        return new Route(new Address(kind, from), new Address(kind, to));
    }

    private static String withoutOptions(String name) {
        int mark = name.indexOf('?');
        return mark < 0 ? name : name.substring(0, mark);
    }

    /**
     * Tells what is carried.
     *
     * @return true for a queue, false for a topic
     */
    public boolean isQueue() {
        return from.kind() == Address.Kind.QUEUE;
    }

    /** Names the link: there is one into each destination. */
    String key() {
        return to.kind() + "." + to.name();
    }

    /** The queue beside the destination where the link writes down what it has done. */
    String ledger() {
        return PREFIX + key();
    }

    /** The name of the subscription and the client id that take from a topic. */
    String subscriber() {
        return PREFIX + withoutOptions(from.name());
    }

    /** Returns kind and name, and the other name where there are two. */
    @Override
    public String toString() {
        String name = from.kind() + " " + from.name();
        return withoutOptions(from.name()).equals(to.name()) ? name : name + " to " + to.name();
    }
}
