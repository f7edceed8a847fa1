// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core.policy;

/**
 * How the queue is called to which messages of a destination are moved: by a text in which {@code
 * {name}} stands for the destination's own name, or by the same name for many; or that there is
 * none.
 */
public final class QueueNaming {
    /** There is no such queue. */
    public static final QueueNaming NONE = new QueueNaming("none", null, null);

    private static final String PLACEHOLDER = "{name}";
    private static final String TEMPORARY = "TEMP.";

    private final String text;
    private final String before;

    /** What follows the destination's name; null where that does not occur. */
    private final String after;

    private QueueNaming(String text, String before, String after) {
        this.text = text;
        this.before = before;
        this.after = after;
    }

    /**
     * Reads a naming.
     *
     * @param text such as {@code DLQ.{name}}, {@code DLQ} or {@code none}
     * @return the naming
     * @throws IllegalArgumentException if it can't name a queue, or would name a destination's own;
     *     the message says what is wrong
     */
    public static QueueNaming of(String text) {
        if (text.equals(NONE.text)) {
            return NONE;
        }
        int at = text.indexOf(PLACEHOLDER);
        String before = at < 0 ? text : text.substring(0, at);
        String after = at < 0 ? "" : text.substring(at + PLACEHOLDER.length());
        String own = before + after;
        if (own.indexOf('{') >= 0 || own.indexOf('}') >= 0) {
            throw new IllegalArgumentException(
                    "between braces only {name} may stand, once: the destination's own name");
        }
        if (own.isBlank()) {
            throw new IllegalArgumentException(
                    "it must differ from the destination's own name, as DLQ.{name} does");
        }
        if (own.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a queue's name has no control characters");
        }
        if (before.startsWith(TEMPORARY)) {
            throw new IllegalArgumentException(
                    "names that begin with TEMP. are those of temporary destinations");
        }
        return new QueueNaming(text, before, at < 0 ? null : after);
    }

    /**
     * Names the queue for a destination.
     *
     * @param destination the destination's own name
     * @return the queue's name, null for none
     */
    public String nameFor(String destination) {
        return after == null ? before : before + destination + after;
    }

    /** Whether it gives some destination's queue a name. */
    boolean mayMake(String name) {
        if (before == null) {
            return false;
        }
        return after == null
                ? name.equals(before)
                : name.length() >= before.length() + after.length()
                        && name.startsWith(before)
                        && name.endsWith(after);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof QueueNaming naming && text.equals(naming.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Returns the text as typed. */
    @Override
    public String toString() {
        return text;
    }
}
