// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.record.DestinationKind;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What managers want changed: decided at once, or a bounded part of it in each step of the core. An
 * operation is answered when all of it is decided.
 */
final class Management {
    private final Decisions decisions;
    private final Attachments attachments;
    private final Clients clients;
    private final TwoPhaseCommit twoPhase;
    private final Releases releases;
    private final Passes passes = new Passes();
    private final Overview overview;

    Management(
            Decisions decisions,
            Attachments attachments,
            Clients clients,
            TwoPhaseCommit twoPhase,
            Releases releases) {
        this.decisions = decisions;
        this.attachments = attachments;
        this.clients = clients;
        this.twoPhase = twoPhase;
        this.releases = releases;
        overview = new Overview(decisions, clients);
    }

    Overview overview() {
        return overview;
    }

    Passes passes() {
        return passes;
    }

    /**
     * Takes an operation; the client is told what {@code answer} makes of its outcome. The broker
     * itself makes destinations as connection 0: it hears of a refusal by its being thrown.
     */
    void operate(
            long connection,
            int requestId,
            Operation operation,
            Function<Outcome, BrokerFrame> answer) {
        if (connection == 0 && operation instanceof Operation.Create create) {
            answer.apply(Outcome.done(create(create) ? 1 : 0));
            return;
        }
        Client client = clients.get(connection);
        if (client == null) {
            throw new WireException(ErrorCode.PROTOCOL_VIOLATION, "not connected");
        }
        Passes.End end =
                (outcome, refusal) ->
                        decisions.tell(
                                client,
                                refusal == null
                                        ? answer.apply(outcome)
                                        : new BrokerFrame.Failed(
                                                requestId, refusal.code(), refusal.getMessage()));
        try {
            begin(client, operation, end);
        } catch (WireException e) {
            end.ended(Outcome.done(0), e);
        }
    }

    private void begin(Client client, Operation operation, Passes.End end) {
        if (operation instanceof Operation.Create create) {
            end.ended(Outcome.done(create(create) ? 1 : 0), null);
        } else if (operation instanceof Operation.Delete delete) {
            delete(delete);
            end.ended(Outcome.done(1), null);
        } else if (operation instanceof Operation.Purge purge) {
            pass(client, purge.selection(), new PurgeTask(decisions), end);
        } else if (operation instanceof Operation.Move move) {
            Partition target = target(move.target());
            requireOther(move.selection(), target);
            pass(client, move.selection(), new MoveTask(decisions, target), end);
        } else if (operation instanceof Operation.Retry retry) {
            Partition target = retry.target() == null ? null : target(retry.target());
            Task task = new RetryTask(decisions, attachments, target, retry.mayReturnTo());
            pass(client, retry.selection(), task, end);
        } else if (operation instanceof Operation.Reset reset) {
            reset(reset);
            end.ended(Outcome.done(1), null);
        } else if (operation instanceof Operation.Replay replay) {
            replay(client, replay, end);
        } else if (operation instanceof Operation.EndBranch ending) {
            Release release = twoPhase.endByOperator(ending.id(), ending.commit());
            release.whenDone(() -> end.ended(Outcome.done(1), null));
            releases.begin(client, release);
        } else if (operation instanceof Operation.ForgetBranch forgetting) {
            twoPhase.forget(forgetting.id());
            end.ended(Outcome.done(1), null);
        }
    }

    private boolean create(Operation.Create create) {
        if (decisions.state().find(create.kind(), create.name()) != null) {
            return false;
        }
        if (create.kind().isTemporary() || Decisions.isTemporaryName(create.name())) {
            throw new WireException(
                    ErrorCode.INVALID_NAME,
                    create.name() + " is a name of a temporary destination, made by its client");
        }
        attachments.create(create.kind(), create.name());
        return true;
    }

    private void delete(Operation.Delete delete) {
        Destination destination = find(delete.kind(), delete.name());
        requireLasting(destination);
        requireUndecidedByNone(destination);
        if (!delete.force()) {
            requireUnused(destination);
        }
        attachments.evictAll(destination);
        decisions.deleteDestination(destination);
    }

    /** What is prepared is promised: it must be possible to commit it. */
    private void requireUndecidedByNone(Destination destination) {
        Branch branch = decisions.state().branches().using(destination);
        if (branch != null) {
            throw new WireException(
                    ErrorCode.DESTINATION_IN_USE,
                    destination.name
                            + " has messages of branch "
                            + branch.origin.name().xid()
                            + ", which is prepared: end that first");
        }
    }

    private static void requireUnused(Destination destination) {
        String what = null;
        long depth = 0;
        for (Group group : destination.groups.values()) {
            depth += group.isSide() ? 0 : group.position.depth();
            if (destination.kind == DestinationKind.TOPIC) {
                what = "has " + destination.groups.size() + " subscriptions";
            }
        }
        if (depth > 0) {
            what = "holds " + depth + " messages";
        } else if (destination.partition.hasUnderWay()) {
            what = "is about to get messages";
        }
        if (destination.hasConsumers()) {
            what = "has consumers";
        }
        if (what != null) {
            throw new WireException(
                    ErrorCode.DESTINATION_IN_USE,
                    destination.name + " " + what + "; force deletes it all the same");
        }
    }

    private Destination find(DestinationKind kind, String name) {
        Destination found = decisions.state().find(kind, name);
        if (found == null) {
            throw new WireException(
                    ErrorCode.NO_SUCH_DESTINATION,
                    (kind.isQueue() ? "queue '" : "topic '") + name + "'");
        }
        return found;
    }

    private static void requireLasting(Destination destination) {
        if (destination.kind.isTemporary()) {
            throw new WireException(
                    ErrorCode.NOT_SUPPORTED,
                    destination.name + " is temporary: it belongs to its connection");
        }
    }

    private Partition target(String queue) {
        Destination target = attachments.resolve(DestinationKind.QUEUE, queue);
        requireLasting(target);
        return target.partition;
    }

    private void reset(Operation.Reset reset) {
        Destination topic = find(DestinationKind.TOPIC, reset.topic());
        Group group = topic.groups.get(reset.group());
        if (group == null) {
            throw noGroup(reset.group(), topic);
        }
        attachments.starts().restart(group, reset.start());
    }

    private void replay(Client client, Operation.Replay replay, Passes.End end) {
        Destination source = find(replay.kind(), replay.name());
        requireLasting(source);
        Partition target = target(replay.target());
        attachments.starts().check(source, replay.start());
        Group side = decisions.createSide(source);
        attachments.starts().begin(side, replay.start());
        Task task = new ReplayTask(decisions, side, target);
        passes.begin(new Pass(client, decisions, List.of(side), replay.filter(), task), end);
    }

    private static WireException noGroup(long group, Destination of) {
        return new WireException(
                ErrorCode.NO_SUCH_SUBSCRIPTION, "group " + group + " of " + of.name);
    }

    private void requireOther(Selection selection, Partition target) {
        if (find(selection.kind(), selection.destination()).partition == target) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION, "the queue to move to is the one to move from");
        }
    }

    private void pass(Client client, Selection selection, Task task, Passes.End end) {
        Destination source = find(selection.kind(), selection.destination());
        if (task.needsRecords()) {
            requireLasting(source);
        }
        List<Group> groups = new ArrayList<>();
        for (Group group : source.groups.values()) {
            if (!group.isSide() && (selection.group() == 0 || selection.group() == group.id)) {
                groups.add(group);
            }
        }
        if (groups.isEmpty() && selection.group() != 0) {
            throw noGroup(selection.group(), source);
        }
        passes.begin(new Pass(client, decisions, groups, selection.filter(), task), end);
    }
}
