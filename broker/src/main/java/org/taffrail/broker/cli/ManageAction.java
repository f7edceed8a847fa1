// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.taffrail.wire.frame.Fields;
import org.taffrail.wire.frame.ManageOperation;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;

/** What a command does with a running broker: connects, asks, and says what came of it. */
abstract class ManageAction implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @ParentCommand private ManageCommand parent;
    @Mixin private BrokerArguments arguments;

    @Override
    public final Integer call() throws IOException {
        check();
        try (RunningBroker broker = arguments.connect(parent.entry())) {
            return act(broker);
        } finally {
            out().flush();
        }
    }

    /** Checks what was typed, before anybody is asked. */
    void check() {}

    /** Does it; returns the status. */
    abstract int act(RunningBroker broker);

    /** Returns what the command is about: {@code queue} or {@code topic}. */
    final String kind() {
        return parent.kind();
    }

    final boolean json() {
        return arguments.json();
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final void say(String line) {
        out().println(line);
    }

    /** Says who holds what, as a list of objects or a line for each message. */
    final void say(Held held) {
        if (json()) {
            say(held.json().toString());
        } else {
            held.table().print(out());
        }
    }

    /** Says one row, as an object or as names with values below each other. */
    final void say(Fields row) {
        if (json()) {
            say(Json.of(row).toString());
        } else {
            Table.pairs(readable(row)).print(out());
        }
    }

    /** Returns a row with its times as people read them. */
    private static Fields readable(Fields row) {
        if (!row.values().containsKey("oldestMs")) {
            return row;
        }
        Fields.Builder shown = new Fields.Builder();
        row.values()
                .forEach(
                        (name, value) -> {
                            if (name.equals("oldestMs")) {
                                shown.put("oldest", oldest((Long) value));
                            } else if (value instanceof Boolean flag) {
                                shown.put(name, flag.booleanValue());
                            } else if (value instanceof Long number) {
                                shown.put(name, number.longValue());
                            } else {
                                shown.put(name, (String) value);
                            }
                        });
        return shown.build();
    }

    private static String oldest(long ms) {
        return ms == 0 ? null : ms < 0 ? "not known yet" : Instant.ofEpochMilli(ms).toString();
    }

    /** Says why something was not done as asked. */
    final void complain(String line) {
        spec.commandLine().getErr().println(spec.qualifiedName() + ": " + line);
    }

    /** Returns fields that begin with a destination. */
    final Fields.Builder about(String name) {
        return new Fields.Builder().put("kind", kind()).put("name", name);
    }

    /**
     * Treats messages, and says how many.
     *
     * @param done what was done with them, as in "purged"
     * @return the status: failed where some could not be treated so
     */
    final int treat(RunningBroker broker, ManageOperation operation, Fields about, String done) {
        Fields outcome = broker.one(operation, about);
        if (json()) {
            say(Json.of(outcome).toString());
        } else {
            long held = outcome.number("held", 0);
            say(
                    count(outcome.number("done", 0))
                            + " "
                            + done
                            + (held == 0 ? "" : "; with consumers, and left there: " + held));
        }
        long left = outcome.number("left", 0);
        if (left > 0) {
            complain(count(left) + " left in place: " + outcome.text("why"));
            return Main.FAILED;
        }
        return 0;
    }

    private static String count(long messages) {
        return messages + (messages == 1 ? " message" : " messages");
    }
}
