// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.taffrail.link.Link;

import picocli.CommandLine.Option;

import java.util.function.Predicate;

/** Which messages a look shows, how many, and how much of each. */
final class BrowseArguments {
    private static final int LIMIT = 100;

    @Option(
            names = "--selector",
            paramLabel = "SELECTOR",
            description = "Only messages that it selects.")
    private String selector;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "At most so many; ${DEFAULT-VALUE} if not said otherwise.",
            defaultValue = "" + LIMIT,
            converter = NumberRange.Limit.class)
    private long limit;

    @Option(names = "--full", description = "Shows bodies to their end, however long.")
    private boolean full;

    /** The selector, or null. */
    String selector() {
        return selector;
    }

    /**
     * Returns who shows messages, as many as are wanted.
     *
     * @param isMeant which of those that are selected
     */
    Predicate<Link.Delivery> showing(ManageAction action, Predicate<Link.Delivery> isMeant) {
        long[] shown = {0};
        return delivery -> {
            if (isMeant.test(delivery)) {
                MessageLines lines = new MessageLines(delivery, full);
                action.say(action.json() ? lines.json() : lines.text());
                shown[0]++;
            }
            return shown[0] < limit;
        };
    }
}
