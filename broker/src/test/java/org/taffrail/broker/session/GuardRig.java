// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.session;

import org.taffrail.broker.core.Overview;
import org.taffrail.broker.core.policy.DestinationPattern;
import org.taffrail.broker.core.policy.Scope;
import org.taffrail.broker.security.Access;
import org.taffrail.broker.security.Authenticator;
import org.taffrail.broker.security.Grantees;
import org.taffrail.broker.security.Grants;
import org.taffrail.broker.security.Identity;
import org.taffrail.broker.security.Right;
import org.taffrail.broker.store.memory.MemoryStore;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.FrameLayout;
import org.taffrail.wire.record.BodyType;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.record.RecordEncoder;
import org.taffrail.wire.record.RunLayout;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A broker with a queue, a dead-letter queue and a topic with a durable subscription, made by its
 * manager "boss"; and another user, "probe", with the role "only", who may do what a test says.
 */
final class GuardRig {
    private static final SessionSettings SETTINGS =
            new SessionSettings(20, 900_000, 100, 1 << 20, 1000, 1 << 20, "test broker");

    final Harness harness;
    private final List<Access.Rule> rules = new ArrayList<>();
    private static final Grants BOSS = new Grants(Set.of("boss"), Set.of("boss"), false, false);

    private String temporary = "boss";
    private boolean ownClientIds;
    private final WireClient boss;
    private final long queue;
    private WireClient probe;
    private int sent;
    private int connections;

    /** Makes one in which the probe has some rights on all destinations. */
    GuardRig(Set<Right> granted) {
        harness = new Harness(new MemoryStore(), SETTINGS, GuardRig::begin, Access.open());
        apply();
        for (Right right : Right.values()) {
            String who = granted.contains(right) ? "boss,only" : "boss";
            rules.add(new Access.Rule(null, right, Grantees.of(who)));
        }
        boss = connect("boss", "probe");
        queue = boss.resolve(DestinationKind.QUEUE, "q");
        boss.sendConfirmed(queue, "one", "two");
        boss.resolve(DestinationKind.QUEUE, "DLQ.q");
        boss.resolve(DestinationKind.QUEUE, "parked");
        boss.resolve(DestinationKind.TOPIC, "t");
        attach(boss, ClientFrame.Source.DURABLE, "kept");
        boss.goodbye();
        harness.events.clear();
        apply();
    }

    private static void attach(WireClient client, ClientFrame.Source source, String name) {
        client.say(
                new ClientFrame.Attach(
                        client.nextRequest(),
                        99,
                        source,
                        DestinationKind.TOPIC,
                        "t",
                        name,
                        null,
                        false,
                        null));
        client.hear(BrokerFrame.Done.class);
        client.say(new ClientFrame.Detach(client.nextRequest(), 99));
        client.hear(BrokerFrame.Done.class);
    }

    private static Authenticator.Exchange begin(String mechanism, Authenticator.Caller caller) {
        return (response, nowMs, reply) -> {
            String user = new String(response, StandardCharsets.UTF_8);
            boolean isBoss = user.equals("boss");
            reply.next(
                    new Authenticator.Admitted(
                            new Identity(user, Set.of(isBoss ? "boss" : "only"))),
                    nowMs);
        };
    }

    private static ClientFrame.Hello hello(String user, String clientId, long features) {
        return new ClientFrame.Hello(
                features,
                FrameLayout.FRAME_BYTES_MAX,
                0,
                user.hashCode(),
                2,
                0,
                clientId,
                "TEST",
                user.getBytes(StandardCharsets.UTF_8),
                "test");
    }

    private void apply() {
        harness.access = Access.of(rules, Grantees.of(temporary), ownClientIds, BOSS);
    }

    /** Gives the probe a right on some queues, or takes it. */
    void grant(Right right, String pattern, boolean granted) {
        grant(Scope.QUEUE, right, pattern, granted);
    }

    /** Gives the probe a right on some topics, or takes it. */
    void grantTopic(Right right, String pattern, boolean granted) {
        grant(Scope.TOPIC, right, pattern, granted);
    }

    private void grant(Scope scope, Right right, String pattern, boolean granted) {
        rules.add(
                new Access.Rule(
                        DestinationPattern.of(scope, pattern),
                        right,
                        Grantees.of(granted ? "user:probe" : Grantees.NOBODY)));
        apply();
    }

    void temporary(String grantees) {
        temporary = grantees;
        apply();
    }

    void ownClientIds() {
        ownClientIds = true;
        apply();
    }

    WireClient connect(String user, String clientId) {
        long features = FrameLayout.MANAGEMENT | FrameLayout.XA;
        connections++;
        return harness.client().open(hello(user, clientId, features));
    }

    /** The error with which a client is not let in. */
    ErrorCode refusal(String user, String clientId) {
        return closing(user, clientId).code();
    }

    BrokerFrame.Closing closing(String user, String clientId) {
        WireClient client = harness.client();
        client.raw(WireClient.preamble());
        client.say(hello(user, clientId, 0));
        return client.hear(BrokerFrame.Closing.class);
    }

    /** Has the probe connect once more. */
    void reconnect() {
        probe.goodbye();
        probe = null;
        sent = 0;
    }

    /** Takes back what was made and not sent. */
    void forgetSends() {
        sent = 0;
    }

    /** The client whose rights are tried. */
    WireClient probe() {
        if (probe == null) {
            probe = connect("probe", "probe");
        }
        return probe;
    }

    /** What there is: all that lasts, all destinations, and how many consumers there are. */
    String state() {
        harness.turn();
        Overview overview = harness.loop.core().overview();
        StringBuilder state = new StringBuilder(harness.loop.core().durableState());
        for (DestinationKind kind : List.of(DestinationKind.QUEUE, DestinationKind.TOPIC)) {
            overview.destinations(kind, null, null, 1000)
                    .rows()
                    .forEach(row -> state.append(row.name()).append(row.groups()).append('\n'));
        }
        int consumers = 0;
        for (int id = 1; id <= connections; id++) {
            consumers += overview.consumersOf(id);
        }
        return state.append(consumers).append(" consumers").toString();
    }

    long depth(String name) {
        harness.turn();
        return harness.loop.core().overview().depth(DestinationKind.QUEUE, name);
    }

    /** The probe's next send to the queue, whose number it was never told. */
    ClientFrame.Send send(long transactionId) {
        return sendTo(queue, transactionId);
    }

    ClientFrame.Send sendTo(long partition, long transactionId) {
        byte[] run = WireClient.run(partition, probe().welcome().producerId(), ++sent, "x");
        return new ClientFrame.Send(transactionId, run, 0, run.length);
    }

    /** The probe's next send, of a message that another broker had; the probe connects for it. */
    ClientFrame.Send sendImported() {
        if (probe != null) {
            probe.goodbye();
        }
        probe = harness.client();
        probe.raw(WireClient.preamble());
        probe.say(hello("probe", "probe", FrameLayout.IMPORT | FrameLayout.MANAGEMENT));
        BrokerFrame answer = probe.hearAny();
        if (answer instanceof BrokerFrame.Welcome welcome) {
            probe.welcomed(welcome);
        } else {
            return null;
        }
        ByteSink sink = new ByteSink(256);
        int at = RunLayout.begin(sink, queue, probe.welcome().producerId(), 1);
        RecordEncoder record = new RecordEncoder(sink);
        record.begin(1, 1, 7, true, 4).bodyType(BodyType.NONE, false);
        record.userId("bob").messageIdText("ID:of the old broker").end();
        RunLayout.end(sink, at, 1);
        byte[] run = sink.toByteArray();
        return new ClientFrame.Send(0, run, 0, run.length);
    }

    /** Sends to the queue as somebody who may. */
    void sendAsBoss(String text) {
        WireClient client = connect("boss", null);
        client.sendConfirmed(queue, text);
        client.goodbye();
    }

    /** Has a message of a queue die. */
    void bury(String name) {
        WireClient client = connect("boss", null);
        client.attach(1, DestinationKind.QUEUE, name);
        client.credit(1, 1);
        BrokerFrame.Deliver delivered = client.hear(BrokerFrame.Deliver.class);
        client.say(
                new ClientFrame.Settle(
                        client.nextRequest(),
                        0,
                        1,
                        ClientFrame.Verb.FAIL,
                        delivered.partition(),
                        new long[] {delivered.offset(), delivered.offset()}));
        client.hear(BrokerFrame.Done.class);
        client.goodbye();
    }

    /** A temporary queue of somebody else's. */
    BrokerFrame.Resolved bossesTemporary() {
        WireClient client = connect("boss", null);
        client.say(
                new ClientFrame.CreateTemporary(
                        client.nextRequest(), DestinationKind.TEMPORARY_QUEUE));
        return client.hear(BrokerFrame.Resolved.class);
    }
}
