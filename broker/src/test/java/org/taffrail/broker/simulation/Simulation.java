// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import static org.taffrail.broker.simulation.Violation.unless;

import org.taffrail.broker.core.Delivery;
import org.taffrail.broker.core.Limits;
import org.taffrail.broker.core.TestLimits;
import org.taffrail.broker.simulation.Model.Copy;
import org.taffrail.broker.simulation.Violation.Invariant;
import org.taffrail.broker.store.memory.FaultyStore;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.ClientFrame.Source;
import org.taffrail.wire.frame.ClientFrame.Verb;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.record.RunLayout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * One history: everything that happens in it follows from its seed. Random clients do what clients
 * do, the store is slow and fails, the broker is killed and started again at any point, and at the
 * end everything that is left is consumed and held against the {@link Model}.
 */
final class Simulation {
    private static final int STEPS = 160;
    private static final int CLIENTS = 4;
    private static final String[] QUEUES = {"q1", "q2"};
    private static final String[] TOPICS = {"t1", "t2"};
    private static final String[] COLOURS = {null, "red", "blue"};
    private static final int PLENTY = 1 << 20;

    private final Random random;
    private final boolean traced;
    private final List<String> trace = new ArrayList<>();
    private final Model model = new Model();
    private final List<SimulatedClient> clients = new ArrayList<>();
    private final SimulatedBroker broker;
    private long nowMs = 1_000_000;
    private long nextConnection = 1;
    private int nextLetter = 1;

    private Simulation(long seed, Plant plant, boolean traced) {
        random = new Random(seed * 0x9E3779B97F4A7C15L);
        this.traced = traced;
        FaultyStore store = SimulatedBroker.store(faults(), random.nextLong());
        long snapshotBytes = new long[] {300, 3_000, 1 << 20}[random.nextInt(3)];
        broker = new SimulatedBroker(store, limits(), snapshotBytes, this::hear, plant);
        for (int i = 0; i < CLIENTS; i++) {
            String clientId = i % 2 == 0 ? "c" + i : null;
            clients.add(new SimulatedClient(clientId, model, this::say));
        }
    }

    /**
     * Runs a history.
     *
     * @throws Violation if it breaks a promise; the seed and the last steps are in its cause
     */
    static void run(long seed, Plant plant) {
        new Simulation(seed, plant, false).history();
    }

    /** Runs a history again and returns the last of what happened in it. */
    static String trace(long seed, Plant plant, int lines) {
        Simulation simulation = new Simulation(seed, plant, true);
        try {
            simulation.history();
        } catch (Violation | RuntimeException e) {
            simulation.trace.add(e.toString());
        }
        List<String> all = simulation.trace;
        return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
    }

    private FaultyStore.Faults faults() {
        switch (random.nextInt(4)) {
            case 0:
                return FaultyStore.Faults.CRASHES_ONLY;
            case 1:
                return FaultyStore.Faults.SLOW;
            default:
                return new FaultyStore.Faults(
                        random.nextInt(8), random.nextInt(6), 40 + random.nextInt(300), 200);
        }
    }

    private Limits limits() {
        return TestLimits.limits()
                .deliveriesMax(new int[] {0, 2, 4}[random.nextInt(3)])
                .redeliveryDelayMs(new long[] {0, 0, 30}[random.nextInt(3)])
                .windowBytes(new long[] {1, 1_500, 64 << 20}[random.nextInt(3)])
                .transactionBytesMax(random.nextBoolean() ? 1_500 : 1 << 20)
                .transactionMemoryBytes(new int[] {1, 400, 1 << 20}[random.nextInt(3)])
                .stagedBytesMax(random.nextInt(4) == 0 ? 2_000 : 1 << 20)
                .releasesMax(new int[] {1, 3, Limits.RELEASES_MAX}[random.nextInt(3)])
                .build();
    }

    private void history() {
        start();
        for (int step = 0; step < STEPS; step++) {
            step();
            if (broker.hasFailed()) {
                note("the store has failed");
                crash();
            }
        }
        end();
    }

    // The broker's life.

    private void start() {
        broker.start(nowMs, random);
        model.begins(broker.life());
        note("start " + broker.life());
    }

    private void crash() {
        note("crash");
        for (SimulatedClient client : clients) {
            if (client.isConnected()) {
                client.lost();
            }
        }
        broker.crash(random);
        start();
    }

    private void stopInOrder() {
        note("stop");
        clients.forEach(this::disconnect);
        broker.stop(nowMs, random);
        start();
    }

    private void settleAndCompare() {
        note("settle");
        if (!broker.settle(nowMs)) {
            return;
        }
        for (SimulatedClient client : clients) {
            if (client.isConnected()) {
                client.checkAnswered();
            }
        }
        String live = broker.core().durableState();
        String recovered = broker.recoveredState(nowMs);
        unless(
                live.equals(recovered),
                Invariant.RECOVERED_STATE_EQUALS_LIVE_STATE,
                "live:\n" + live + "recovered:\n" + recovered);
    }

    // One step.

    private void step() {
        SimulatedClient client = clients.get(random.nextInt(CLIENTS));
        int dice = random.nextInt(100);
        if (dice < 24) {
            broker.turn(nowMs);
        } else if (dice < 28) {
            pass(random.nextInt(random.nextInt(10) == 0 ? 3_000 : 40));
        } else if (dice < 30) {
            settleAndCompare();
        } else if (dice < 31) {
            if (random.nextBoolean()) {
                broker.turn(nowMs);
            }
            crash();
        } else if (dice < 32 && random.nextInt(3) == 0) {
            stopInOrder();
        } else if (!client.isConnected()) {
            connect(client);
        } else if (dice < 34) {
            if (random.nextInt(3) == 0) {
                disconnect(client);
            }
        } else if (dice < 52) {
            send(client, null);
        } else if (dice < 60) {
            send(client, client.transaction());
        } else if (dice < 68) {
            attach(client);
        } else if (client.hasTransaction() && dice < 73) {
            end(client);
        } else {
            consume(client, dice);
        }
    }

    private void pass(long ms) {
        nowMs += ms;
        note("time " + nowMs);
        broker.turn(nowMs);
    }

    private void connect(SimulatedClient client) {
        long connection = nextConnection++;
        broker.connect(connection, client.clientId, connection + 5_000);
        client.connected(connection, connection + 5_000);
        note("connect " + connection + " " + client.clientId);
    }

    private void disconnect(SimulatedClient client) {
        if (client.isConnected()) {
            note("disconnect " + client.connection());
            long connection = client.connection();
            client.lost();
            broker.disconnect(connection, nowMs);
        }
    }

    private void send(SimulatedClient client, Integer transaction) {
        boolean queue = random.nextInt(3) > 0;
        DestinationKind kind = queue ? DestinationKind.QUEUE : DestinationKind.TOPIC;
        String name = pick(queue ? QUEUES : TOPICS);
        if (!client.knows(kind, name)) {
            client.resolve(kind, name);
            return;
        }
        List<Model.Traits> messages = new ArrayList<>();
        boolean persistent = random.nextInt(4) > 0;
        for (int i = random.nextInt(4); i >= 0; i--) {
            boolean mixed = random.nextInt(12) == 0;
            messages.add(
                    new Model.Traits(
                            persistent != mixed,
                            random.nextInt(5) == 0 ? random.nextInt(10) : 4,
                            random.nextInt(8) == 0 ? nowMs + 1 + random.nextInt(500) : 0,
                            random.nextInt(8) == 0 ? nowMs + 1 + random.nextInt(200) : 0,
                            pick(COLOURS)));
        }
        int first = nextLetter;
        nextLetter += messages.size();
        client.send(kind, name, messages, first, broker.life(), transaction);
    }

    private void attach(SimulatedClient client) {
        int kind = random.nextInt(6);
        String topic = pick(TOPICS);
        if (kind < 3 || client.consumerIds().size() > 4) {
            client.attach(Source.QUEUE, pick(QUEUES), null, pick(COLOURS));
        } else if (kind == 3) {
            client.attach(Source.TOPIC, topic, null, pick(COLOURS));
        } else if (kind == 4 && client.clientId != null) {
            String colour = pick(COLOURS);
            String name = client.clientId + "-" + topic + "-" + colour;
            if (random.nextInt(5) == 0) {
                client.unsubscribe(topic, name, colour);
            } else {
                client.attach(Source.DURABLE, topic, name, colour);
            }
        } else {
            String colour = pick(COLOURS);
            String name = "shared-" + client.clientId + "-" + topic + "-" + colour;
            client.attach(Source.SHARED_DURABLE, topic, name, colour);
        }
    }

    private void end(SimulatedClient client) {
        if (random.nextInt(3) > 0) {
            client.commit();
        } else {
            client.rollback();
        }
    }

    private void consume(SimulatedClient client, int dice) {
        List<Integer> consumers = client.consumerIds();
        if (consumers.isEmpty()) {
            attach(client);
            return;
        }
        int consumer = consumers.get(random.nextInt(consumers.size()));
        if (dice < 76) {
            transfer(client, consumer);
        } else if (dice < 82) {
            client.credit(consumer, random.nextInt(12), random.nextInt(10) == 0);
        } else if (dice < 84) {
            client.drain(consumer, random.nextInt(5));
        } else if (dice < 86) {
            client.detach(consumer);
        } else {
            settle(client, consumer);
        }
    }

    /** Consumes and sends in one transaction, as a service does. */
    private void transfer(SimulatedClient client, int consumer) {
        List<Copy> free = client.free(consumer);
        if (!free.isEmpty()) {
            int transaction = client.transaction();
            client.acceptIn(transaction, consumer, free);
            send(client, transaction);
            client.commit();
        }
    }

    private void settle(SimulatedClient client, int consumer) {
        List<Copy> some = new ArrayList<>();
        for (Copy copy : client.free(consumer)) {
            if (random.nextInt(3) > 0) {
                some.add(copy);
            }
        }
        if (some.isEmpty()) {
            return;
        }
        int dice = random.nextInt(10);
        if (dice < 3) {
            client.acceptIn(client.transaction(), consumer, some);
            return;
        }
        Verb verb = Verb.ACCEPT;
        if (dice > 5) {
            verb = Verb.values()[1 + random.nextInt(3)];
        }
        client.settle(consumer, verb, some, random.nextInt(4) > 0);
    }

    // The end.

    private void end() {
        note("the end begins");
        if (random.nextBoolean()) {
            settleAndCompare();
        }
        if (broker.hasFailed() || random.nextInt(3) > 0) {
            crash();
        } else {
            stopInOrder();
        }
        clients.forEach(this::disconnect);
        broker.heal(random);
        start();
        model.closes();
        nowMs += 100_000;
        consumeAll();
        settleAndCompare();
        unless(broker.nextTimerMs() == Long.MAX_VALUE, Invariant.NOTHING_STUCK, "a timer is left");
        model.checkEnd();
    }

    private void consumeAll() {
        for (SimulatedClient client : clients) {
            client.acceptAll();
            connect(client);
            for (String topic : TOPICS) {
                for (String colour : COLOURS) {
                    String end = topic + "-" + colour;
                    if (client.clientId != null) {
                        drain(client, Source.DURABLE, topic, client.clientId + "-" + end, colour);
                    }
                    if (client.clientId != null || client == clients.get(1)) {
                        String name = "shared-" + client.clientId + "-" + end;
                        drain(client, Source.SHARED_DURABLE, topic, name, colour);
                    }
                }
            }
        }
        settleAndCompare();
        for (String queue : QUEUES) {
            drain(clients.get(0), Source.QUEUE, queue, null, null);
        }
        settleAndCompare();
        for (String origin : List.of("q1", "q2", "t1", "t2")) {
            drain(clients.get(0), Source.QUEUE, "DLQ." + origin, null, null);
        }
        settleAndCompare();
        for (String origin : List.of("q1", "q2", "DLQ.q1", "DLQ.q2", "DLQ.t1", "DLQ.t2")) {
            expectEmpty(DestinationKind.QUEUE, origin);
        }
        for (String topic : TOPICS) {
            expectEmpty(DestinationKind.TOPIC, topic);
        }
    }

    private void drain(
            SimulatedClient client,
            Source source,
            String name,
            String subscription,
            String colour) {
        int consumer = client.attach(source, name, subscription, colour);
        client.credit(consumer, PLENTY, false);
    }

    private void expectEmpty(DestinationKind kind, String name) {
        long depth = broker.core().depth(kind, name);
        unless(depth == 0, Invariant.NOTHING_STUCK, depth + " messages are left in " + name);
    }

    // Between clients and broker.

    private void say(long connection, ClientFrame frame) {
        if (traced) {
            note(describe(connection, frame));
        }
        if (broker.hasFailed()) {
            return;
        }
        try {
            broker.say(connection, frame, nowMs);
        } catch (WireException e) {
            throw new AssertionError("a client broke the protocol with " + frame, e);
        }
    }

    private void hear(long connection, BrokerFrame frame) {
        if (traced) {
            note(describe(connection, frame));
        }
        for (SimulatedClient client : clients) {
            if (client.connection() == connection) {
                client.hear(frame, nowMs);
                return;
            }
        }
    }

    private <T> T pick(T[] from) {
        return from[random.nextInt(from.length)];
    }

    private void note(String what) {
        if (traced) {
            trace.add(what);
        }
    }

    private static String describe(long connection, ClientFrame frame) {
        String text = frame.toString();
        if (frame instanceof ClientFrame.Settle settle) {
            text = text.replaceAll("ranges=.*", "ranges=" + Arrays.toString(settle.ranges()));
        } else if (frame instanceof ClientFrame.Send send) {
            text =
                    "Send[transactionId="
                            + send.transactionId()
                            + ", partition="
                            + RunLayout.partition(send.array(), send.at())
                            + ", first="
                            + RunLayout.sequence(send.array(), send.at())
                            + ", count="
                            + RunLayout.count(send.array(), send.at())
                            + "]";
        }
        return connection + " -> " + text;
    }

    private static String describe(long connection, BrokerFrame frame) {
        String text = frame.toString();
        if (frame instanceof BrokerFrame.Deliver deliver) {
            text = text.replaceAll("array=.*", "body=" + Delivery.of(deliver).body() + "]");
        }
        return connection + " <- " + text;
    }
}
