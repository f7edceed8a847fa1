// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.Fields;
import org.taffrail.wire.frame.ManageOperation;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Branches of global transactions that are prepared and wait to be decided. */
@Command(
        name = "tx",
        description =
                "Looks at branches of XA transactions that are prepared, and ends those whose"
                        + " transaction manager will never do so.",
        subcommands = {
            TxCommand.Listing.class,
            TxCommand.Commit.class,
            TxCommand.Rollback.class,
            TxCommand.Forget.class
        })
final class TxCommand extends ManageCommand {
    private static final String BRANCH = "Its id, or its xid, in 'tx list'.";

    TxCommand(PasswordEntry entry) {
        super(entry);
    }

    private static List<Fields> all(RunningBroker broker) {
        return broker.all(ManageOperation.BRANCHES, Fields.NONE);
    }

    /** Returns a row as people read it. */
    private static Fields readable(Fields row) {
        String ended = row.text("ended");
        return new Fields.Builder()
                .put("id", row.number("id", 0))
                .put("state", ended == null ? "prepared" : ended + " by an operator")
                .put("prepared", Instant.ofEpochMilli(row.number("preparedMs", 0)).toString())
                .put("user", row.text("user"))
                .put("sends", row.number("sends", 0))
                .put("accepts", row.number("accepts", 0))
                .put("xid", row.text("xid"))
                .build();
    }

    /** Finds the one branch of an id or a name. */
    private static long find(RunningBroker broker, String branch) {
        List<Long> found = new ArrayList<>();
        for (Fields each : all(broker)) {
            long id = each.number("id", 0);
            if (branch.equals(Long.toString(id)) || branch.equals(each.text("xid"))) {
                found.add(id);
            }
        }
        if (found.isEmpty()) {
            throw new WireException(
                    ErrorCode.NO_SUCH_TRANSACTION, "no branch '" + branch + "' is prepared");
        }
        if (found.size() > 1) {
            throw new WireException(
                    ErrorCode.NO_SUCH_TRANSACTION,
                    found.size()
                            + " users have branches of that name: say its id, as 'tx list' shows it");
        }
        return found.get(0);
    }

    /** Lists them. */
    @Command(
            name = "list",
            description =
                    "Lists branches that are prepared, or were ended by an operator and are not"
                            + " forgotten; --json makes one list of objects.")
    static final class Listing extends ManageAction {
        @Override
        int act(RunningBroker broker) {
            List<Fields> rows = all(broker);
            if (json()) {
                say(Json.list(rows).toString());
            } else {
                Table.of(
                                rows.stream().map(TxCommand::readable).toList(),
                                "id",
                                "state",
                                "prepared",
                                "user",
                                "sends",
                                "accepts",
                                "xid")
                        .print(out());
            }
            return 0;
        }
    }

    /** Ends one. */
    private abstract static class Ending extends ManageAction {
        @Parameters(paramLabel = "ID|XID", description = BRANCH)
        private String branch;

        final int end(RunningBroker broker, boolean commit) {
            broker.one(
                    ManageOperation.END_BRANCH,
                    new Fields.Builder()
                            .put("id", find(broker, branch))
                            .put("commit", commit)
                            .build());
            String done = commit ? "committed" : "rolledBack";
            say(
                    json()
                            ? Json.object().put(done, true).toString()
                            : "branch "
                                    + branch
                                    + (commit ? " committed" : " rolled back")
                                    + "; its transaction manager is told so until it is forgotten");
            return 0;
        }
    }

    /** Commits one. */
    @Command(
            name = "commit",
            description = "Commits a branch, whatever its transaction manager decides.")
    static final class Commit extends Ending {
        @Override
        int act(RunningBroker broker) {
            return end(broker, true);
        }
    }

    /** Rolls one back. */
    @Command(
            name = "rollback",
            description = "Rolls a branch back, whatever its transaction manager decides.")
    static final class Rollback extends Ending {
        @Override
        int act(RunningBroker broker) {
            return end(broker, false);
        }
    }

    /** Forgets one. */
    @Command(
            name = "forget",
            description =
                    "Forgets how an operator has ended a branch, where its transaction manager is"
                            + " gone and never will.")
    static final class Forget extends ManageAction {
        @Parameters(paramLabel = "ID|XID", description = BRANCH)
        private String branch;

        @Override
        int act(RunningBroker broker) {
            broker.one(
                    ManageOperation.FORGET_BRANCH,
                    new Fields.Builder().put("id", find(broker, branch)).build());
            say(
                    json()
                            ? Json.object().put("forgotten", true).toString()
                            : "branch " + branch + " forgotten");
            return 0;
        }
    }
}
