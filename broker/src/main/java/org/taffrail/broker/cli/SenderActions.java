// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.taffrail.wire.frame.Fields;
import org.taffrail.wire.frame.ManageOperation;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.util.Set;
import java.util.stream.Stream;

/** Whether destinations take what is sent to them. */
final class SenderActions {
    static final String WHICH =
            "A name, or a pattern: words with dots between them, * for one word, # for the rest.";

    private SenderActions() {}

    /**
     * Closes what a name or a pattern says.
     *
     * @return whether it was open
     */
    static boolean close(RunningBroker broker, String kind, String which) {
        Fields about = fields(kind, which);
        if (about.text("name") != null) {
            broker.destination(kind, which); // which knows what a mistyped name may have meant
        }
        return broker.one(ManageOperation.CLOSE, about).number("done", 0) > 0;
    }

    private static Fields fields(String kind, String which) {
        boolean isName = which != null && !isPattern(which);
        return new Fields.Builder()
                .put("kind", kind)
                .put(isName ? "name" : "pattern", which)
                .build();
    }

    private static boolean isPattern(String text) {
        return Stream.of(text.split("\\.")).anyMatch(Set.of("*", "#", ">")::contains);
    }

    /** Closes some. */
    @Command(
            name = "close",
            description = {
                "Closes them to senders: what is sent waits in the broker until they are opened, or"
                        + " the broker stops; consumers go on.",
                "What the broker and its managers move there goes on as well."
            })
    static final class Close extends ManageAction {
        @Parameters(paramLabel = "NAME|PATTERN", description = WHICH)
        private String which;

        @Override
        int act(RunningBroker broker) {
            boolean done = close(broker, kind(), which);
            if (json()) {
                say(Json.object().put("closed", done).toString());
            } else {
                say(
                        kind()
                                + " "
                                + which
                                + (done ? " closed to senders" : " was closed to senders already"));
            }
            return 0;
        }
    }

    /** Opens some. */
    @Command(
            name = "open",
            description =
                    "Opens to senders what was closed with the same name or pattern; everything if"
                            + " none is given. What waits goes on, in its order.")
    static final class Open extends ManageAction {
        @Parameters(paramLabel = "NAME|PATTERN", arity = "0..1", description = WHICH)
        private String which;

        @Override
        int act(RunningBroker broker) {
            long opened = broker.one(ManageOperation.OPEN, fields(kind(), which)).number("done", 0);
            if (json()) {
                say(Json.object().put("opened", opened).toString());
            } else if (which == null) {
                say(
                        opened
                                + (opened == 1 ? " name or pattern" : " names and patterns")
                                + " opened");
            } else if (opened > 0) {
                say(kind() + " " + which + " opened to senders");
            }
            if (which != null && opened == 0) {
                complain(
                        "nothing was closed as "
                                + which
                                + "; without a name, open opens everything");
                return Main.FAILED;
            }
            return 0;
        }
    }
}
