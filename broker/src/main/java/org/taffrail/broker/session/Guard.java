// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.session;

import org.taffrail.broker.core.Overview;
import org.taffrail.broker.management.Mandate;
import org.taffrail.broker.security.Access;
import org.taffrail.broker.security.Denied;
import org.taffrail.broker.security.Identity;
import org.taffrail.broker.security.Right;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BranchFrame;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.ClientFrameVisitor;
import org.taffrail.wire.frame.Fields;
import org.taffrail.wire.frame.ManageOperation;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.record.RunLayout;
import org.taffrail.wire.record.SenderClaims;

import java.nio.charset.StandardCharsets;

/**
 * Holds every frame of one client against what the client may, before the loop hears of it: has a
 * verdict for each kind of frame, refuses what is not permitted, or more than the user may have, as
 * an answer to that request, and leaves the rest of the session alone. Owned by the broker's
 * thread.
 *
 * <p>What a frame names by a number that earlier frames have established (a consumer, a
 * transaction, what is held) was judged then, and is the connection's own; branches of global
 * transactions are found under the user's name alone. A send names a partition by its number, which
 * the client may have made up: so each partition is judged by what it belongs to.
 */
final class Guard implements ClientFrameVisitor, BranchFrame.Visitor, Mandate {
    private final Session session;
    private final Sessions sessions;
    private final Identity who;
    private final byte[] userBytes;
    private final boolean imports;
    private final Verdicts verdicts = new Verdicts();

    /** What was found out about the frame at hand. */
    private Denied denied;

    private int requestId;
    private boolean creates;
    private WireException overLimit;
    private long nowMs;
    private Usage usage;

    /** By which permissions what is attached was judged. */
    private Access judgedBy;

    Guard(Session session, Sessions sessions, Identity who, boolean imports) {
        this.session = session;
        this.sessions = sessions;
        this.who = who;
        this.imports = imports;
        judgedBy = sessions.access();
        userBytes = who.user() == null ? null : who.user().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Demands that the client may go by its client id, and import where it would.
     *
     * @throws WireException {@link org.taffrail.wire.ErrorCode#NOT_PERMITTED}
     */
    void requireEntry(ClientFrame.Hello hello) {
        denied = access().refuseClientId(who, hello.clientId());
        if (denied == null && imports) {
            denied = access().refuseEverywhere(who, Right.IMPORT);
        }
        if (denied != null) {
            sessions.observer().denied(session, hello, denied);
            throw denied.refusal();
        }
    }

    /** Takes what the client's user has of the broker. */
    void counts(Usage newUsage) {
        usage = newUsage;
    }

    /**
     * Tells whether a frame may go on; one that may not is answered by then.
     *
     * @throws WireException {@link org.taffrail.wire.ErrorCode#NOT_PERMITTED} if a message claims
     *     what no client's may, which costs the connection
     */
    boolean permits(ClientFrame frame, long now) {
        denied = null;
        overLimit = null;
        requestId = 0;
        creates = false;
        nowMs = now;
        frame.accept(this);
        if (creates && denied == null && overLimit == null) {
            overLimit = usage.refuseCreation(sessions.userLimits());
        }
        if (denied != null) {
            sessions.observer().denied(session, frame, denied);
            refuse(frame, denied.refusal());
            return false;
        }
        if (overLimit != null) {
            refuse(frame, overLimit);
            return false;
        }
        return true;
    }

    /**
     * Ends what the client consumes with and may not any more, where permissions have changed since
     * this was last called. It is told so as if the destination were gone.
     */
    void judgeAgain(long now) {
        Access changed = access();
        if (changed == judgedBy) {
            return;
        }
        judgedBy = changed;
        for (Overview.Attached each : overview().attached(session.id())) {
            Right right = each.takes() ? Right.RECEIVE : Right.BROWSE;
            Overview.Named of = each.destination();
            Denied found = changed.refuse(who, right, of.kind(), of.name());
            if (found != null) {
                ClientFrame.Detach detach = new ClientFrame.Detach(0, each.id());
                WireException why = found.refusal();
                sessions.observer().denied(session, detach, found);
                sessions.loop()
                        .answer(
                                session.id(),
                                new BrokerFrame.ConsumerClosed(
                                        each.id(), why.code(), why.getMessage()));
                sessions.loop().decide(session.id(), detach, now);
            }
        }
    }

    private void refuse(ClientFrame frame, WireException refusal) {
        if (frame instanceof ClientFrame.Send send) {
            sessions.loop().deny(session.id(), send, refusal, nowMs);
        } else if (requestId != 0) {
            sessions.loop()
                    .answer(
                            session.id(),
                            new BrokerFrame.Failed(
                                    requestId, refusal.code(), refusal.getMessage()));
        }
    }

    private Access access() {
        return sessions.access();
    }

    private Overview overview() {
        return sessions.loop().core().overview();
    }

    /** Demands a right on a destination; of several demands the first that fails counts. */
    private void demand(Right right, DestinationKind kind, String name) {
        if (denied == null && name != null) {
            Overview.Named found = overview().named(kind, name);
            DestinationKind known = found == null ? kind : found.kind();
            denied = access().refuse(who, right, known, name);
        }
    }

    /** Demands the right to make a destination, where the request would make one. */
    private void demandCreation(DestinationKind kind, String name) {
        if (overview().makesOnUse(kind, name)) {
            demand(Right.CREATE, kind, name);
            creates = true;
        }
    }

    /** Demands the right on the topic of a subscription that there is. */
    private void demandSubscribed(boolean durable, String subscription) {
        Overview.Named topic = overview().subscribed(durable, session.clientId(), subscription);
        if (topic != null) {
            Denied found =
                    denied != null
                            ? denied
                            : access().refuse(who, Right.RECEIVE, topic.kind(), topic.name());
            denied = found == denied ? found : hidden(found, subscription);
        }
    }

    /** Whoever guesses the name of a subscription need not learn the name of its topic. */
    private Denied hidden(Denied found, String subscription) {
        return new Denied(
                who,
                found.right(),
                found.object(),
                found.key(),
                who
                        + " may not use the subscription '"
                        + subscription
                        + "' that there is: see "
                        + Right.RECEIVE.key()
                        + " of its topic");
    }

    @Override
    public void onResolve(ClientFrame.Resolve frame) {
        requestId = frame.requestId();
        demand(Right.SEND, frame.kind(), frame.name());
        demandCreation(frame.kind(), frame.name());
    }

    @Override
    public void onSend(ClientFrame.Send frame) {
        Verdicts.Verdict verdict =
                verdicts.of(
                        RunLayout.partition(frame.array(), frame.at()),
                        who,
                        access(),
                        sessions.loop());
        denied = verdict.send();
        if (denied != null) {
            return;
        }
        boolean importing = imports && verdict.imported() == null;
        try {
            SenderClaims.check(frame.array(), frame.at(), userBytes, importing);
        } catch (WireException e) {
            if (imports && !importing) {
                denied = verdict.imported(); // as everybody's message it is none either
                return;
            }
            Denied claim = new Denied(who, "claim", null, "none", e.getMessage());
            sessions.observer().denied(session, frame, claim);
            throw e;
        }
        UserLimits limits = sessions.userLimits();
        if (limits != UserLimits.NONE) {
            int count = RunLayout.count(frame.array(), frame.at());
            overLimit = usage.refuseLarge(limits, frame.array(), frame.at());
            if (overLimit == null) {
                overLimit = usage.refuseSend(limits, count, frame.length(), nowMs);
            }
        }
    }

    @Override
    public void onAttach(ClientFrame.Attach frame) {
        requestId = frame.requestId();
        DestinationKind kind = frame.kind();
        String name = frame.destination();
        boolean durable = false;
        switch (frame.source()) {
            case BROWSER, SIDE -> demand(Right.BROWSE, kind, name);
            case QUEUE -> demand(Right.RECEIVE, kind, name);
            case TOPIC, SHARED, DURABLE, SHARED_DURABLE -> {
                demand(Right.RECEIVE, kind, name);
                if (frame.start() != null) {
                    demand(Right.BROWSE, kind, name);
                }
                durable = frame.source() != ClientFrame.Source.SHARED;
            }
        }
        if (frame.subscription() != null) {
            // one that is there may be of another topic, and is replaced
            demandSubscribed(durable, frame.subscription());
        }
        boolean onlyLooks = frame.source() == ClientFrame.Source.BROWSER && !kind.isQueue();
        if (!onlyLooks) {
            demandCreation(kind, name);
        }
        if (denied == null) {
            overLimit = usage.refuseConsumer(sessions.userLimits(), sessions);
        }
    }

    @Override
    public void onUnsubscribe(ClientFrame.Unsubscribe frame) {
        requestId = frame.requestId();
        demandSubscribed(true, frame.subscription());
    }

    @Override
    public void onCreateTemporary(ClientFrame.CreateTemporary frame) {
        requestId = frame.requestId();
        denied = access().refuseTemporary(who);
        if (denied == null) {
            overLimit = usage.refuseTemporary(sessions.userLimits(), sessions);
        }
    }

    @Override
    public void onManage(ClientFrame.Manage frame) {
        requestId = frame.requestId();
        ManageOperation operation = ManageOperation.of(frame.operation());
        if (operation == null) {
            denied = access().refuseEverywhere(who, Right.MANAGE);
            return;
        }
        Fields fields = frame.fields();
        boolean topic = "topic".equals(text(fields, "kind"));
        DestinationKind kind = topic ? DestinationKind.TOPIC : DestinationKind.QUEUE;
        String name = text(fields, "name");
        denied =
                switch (operation) {
                    case BRANCHES, END_BRANCH, FORGET_BRANCH, BROKER, CONNECTIONS, END_CONNECTION ->
                            access().refuseManager(who);
                    case RESET -> {
                        kind = DestinationKind.TOPIC; // whatever else it says
                        yield access().refuseEverywhere(who, Right.MANAGE);
                    }
                    case DESTINATIONS,
                            GROUPS,
                            CONSUMERS,
                            HELD,
                            CREATE,
                            DELETE,
                            PURGE,
                            MOVE,
                            RETRY,
                            REPLAY ->
                            access().refuseEverywhere(who, Right.MANAGE);
                    case CLOSE, OPEN ->
                            // what a pattern matches may be anything
                            name == null
                                    ? access().refuseManager(who)
                                    : access().refuseEverywhere(who, Right.MANAGE);
                };
        demand(Right.MANAGE, kind, name);
        boolean hasTarget =
                switch (operation) {
                    case MOVE, RETRY, REPLAY -> true;
                    case DESTINATIONS, GROUPS, CONSUMERS, HELD, CREATE, DELETE, PURGE, RESET ->
                            false;
                    case CLOSE, OPEN -> false;
                    case BRANCHES, END_BRANCH, FORGET_BRANCH, BROKER, CONNECTIONS, END_CONNECTION ->
                            false;
                };
        if (hasTarget) {
            demand(Right.MANAGE, DestinationKind.QUEUE, text(fields, "to"));
        }
    }

    /** Returns a field; null for one that is missing or no text, which is refused later. */
    private static String text(Fields fields, String name) {
        return fields.values().get(name) instanceof String text ? text : null;
    }

    @Override
    public boolean covers(DestinationKind kind, String name) {
        Overview.Named found = overview().named(kind, name);
        return access().may(who, Right.MANAGE, found == null ? kind : found.kind(), name);
    }

    @Override
    public void onCredit(ClientFrame.Credit frame) {
        // of a consumer that this connection was permitted
    }

    @Override
    public void onSettle(ClientFrame.Settle frame) {
        // of what was delivered to this connection
    }

    @Override
    public void onCommit(ClientFrame.Commit frame) {
        // of sends and settlements of this connection, each judged when it came
    }

    @Override
    public void onAskOutcome(ClientFrame.AskOutcome frame) {
        // of this client, which is bound to its user
    }

    @Override
    public void onRollback(ClientFrame.Rollback frame) {
        // of this connection's own
    }

    @Override
    public void onDetach(ClientFrame.Detach frame) {
        // of this connection's own
    }

    @Override
    public void onDeleteTemporary(ClientFrame.DeleteTemporary frame) {
        // the core knows whose it is
    }

    @Override
    public void onBranch(BranchFrame frame) {
        frame.accept((BranchFrame.Visitor) this);
    }

    @Override
    public void onPrepare(BranchFrame.Prepare frame) {
        // of this connection's own
    }

    @Override
    public void onEndBranch(BranchFrame.EndBranch frame) {
        // the core finds branches of this user only
    }

    @Override
    public void onForgetBranch(BranchFrame.ForgetBranch frame) {
        // the core finds branches of this user only
    }

    @Override
    public void onListBranches(BranchFrame.ListBranches frame) {
        // the core lists branches of this user only
    }

    @Override
    public void onHello(ClientFrame.Hello frame) {
        // changes nothing: it is refused out of turn
    }

    @Override
    public void onAuthenticate(ClientFrame.Authenticate frame) {
        // changes nothing: it is refused out of turn
    }

    @Override
    public void onPing(ClientFrame.Ping frame) {
        // anybody may be alive
    }

    @Override
    public void onGoodbye(ClientFrame.Goodbye frame) {
        // anybody may go
    }
}
