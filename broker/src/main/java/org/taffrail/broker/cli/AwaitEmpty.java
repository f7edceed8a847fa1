// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.Fields;
import org.taffrail.wire.frame.ManageOperation;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Waits until nothing is left in queues, before a broker or its consumers are stopped for
 * maintenance. Queues for dead letters and expired messages are left out, as nobody consumes them.
 */
@Command(
        name = "await-empty",
        description =
                "Waits until no message is left in them, held and delayed ones included; exit"
                        + " status 1 if some are left when the time is over.")
class AwaitEmpty extends ManageAction {
    private static final int PERIOD_MS = 250;
    private static final String ALL = "#";

    @Parameters(
            paramLabel = "PATTERN",
            arity = "0..1",
            description = "Only names that match; all queues but those for dead letters if not.")
    private String pattern;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            description = "How long to wait at most; ${DEFAULT-VALUE} if not said otherwise.",
            defaultValue = "1min",
            converter = NumberRange.Duration.class)
    private long timeoutMs;

    /** Closes queues to senders first. */
    @Command(
            name = "drain",
            description = {
                "Closes queues to senders, and waits until no message is left in them, held and"
                        + " delayed ones included; exit status 1 if some are left when the time is"
                        + " over.",
                "They stay closed until 'queue open', or until the broker stops."
            })
    static final class Drain extends AwaitEmpty {
        @Override
        int act(RunningBroker broker) {
            SenderActions.close(broker, kind(), pattern());
            int status = super.act(broker);
            if (!json()) {
                say(
                        "closed to senders; to let them go on: taffrail queue open '"
                                + pattern()
                                + "'");
            }
            return status;
        }
    }

    @Override
    int act(RunningBroker broker) {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        List<Fields> left = left(broker);
        while (!left.isEmpty() && System.nanoTime() - endNs < 0) {
            pause();
            left = left(broker);
        }
        if (json()) {
            say(Json.list(left).toString());
        } else if (left.isEmpty()) {
            say("nothing is left");
        } else {
            Table.of(left, "name", "depth", "ready", "held", "waiting", "consumers").print(out());
        }
        if (left.isEmpty()) {
            return 0;
        }
        complain("messages are left in " + left.size() + (left.size() == 1 ? " queue" : " queues"));
        return Main.FAILED;
    }

    /** Returns the pattern that counts. */
    final String pattern() {
        return pattern == null ? ALL : pattern;
    }

    private List<Fields> left(RunningBroker broker) {
        Fields about = about(null).put("pattern", pattern()).build();
        return broker.all(ManageOperation.DESTINATIONS, about).stream()
                .filter(row -> row.number("depth", 0) > 0 && !row.flag("deadLetters"))
                .toList();
    }

    private static void pause() {
        try {
            Thread.sleep(PERIOD_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WireException(ErrorCode.CONNECTION_LOST, "interrupted");
        }
    }
}
