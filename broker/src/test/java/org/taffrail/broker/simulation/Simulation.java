// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import static org.taffrail.broker.simulation.Violation.unless;

import org.taffrail.broker.simulation.Model.Copy;
import org.taffrail.broker.simulation.Violation.Invariant;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.ClientFrame.Source;
import org.taffrail.wire.frame.ClientFrame.Verb;
import org.taffrail.wire.record.DestinationKind;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One history: everything that happens in it follows from its seed. Random clients do what clients
 * do, the network is slow and breaks, the store is slow and fails, the broker is killed and started
 * again at any point, and at the end everything that is left is consumed and held against the
 * {@link Model}.
 */
final class Simulation {
    private static final String[] CLIENT_IDS = {"c0", null, "c2", null};
    private static final int CLIENTS = CLIENT_IDS.length;
    private static final String[] QUEUES = {"q1", "q2"};
    private static final String[] TOPICS = {"t1", "t2"};
    private static final String[] COLOURS = {null, "red", "blue"};
    private static final int PLENTY = 1 << 20;

    /** The broker's thread takes no longer silence for its clients' than this. */
    private static final int TICK_MS_MAX = 80;

    private final Random random;
    private final Medium medium;
    private final Trace trace;
    private final Plant plant;
    private final Model model;
    private final SimulatedClient[] clients = new SimulatedClient[CLIENTS];
    private final Network network;
    private final SimulatedBroker broker;
    private final int clientHeartbeatMs;
    private long nowMs = 1_000_000;
    private int nextLetter = 1;

    private Simulation(long seed, Medium medium, Plant plant, boolean traced) {
        random = new Random(seed * 0x9E3779B97F4A7C15L);
        this.medium = medium;
        this.plant = plant;
        trace = new Trace(traced);
        Conditions conditions = Conditions.of(random, seed % 3 == 0);
        clientHeartbeatMs = conditions.clientHeartbeatMs();
        model = new Model(conditions.limits().policies());
        network = new Network(conditions.weather(), conditions.heartbeatMs(), trace);
        Disk disk = medium.disk(conditions, random.nextLong(), plant);
        broker = new SimulatedBroker(conditions, disk, network, plant);
    }

    /**
     * Runs a history.
     *
     * @throws Violation if it breaks a promise
     */
    static void run(long seed, Medium medium, Plant plant) {
        new Simulation(seed, medium, plant, false).history();
    }

    /** Runs a history again and returns the last of what happened in it. */
    static String trace(long seed, Medium medium, Plant plant, int lines) {
        Simulation simulation = new Simulation(seed, medium, plant, true);
        try {
            simulation.history();
        } catch (Violation | RuntimeException e) {
            simulation.trace.note(e.toString());
        }
        return simulation.trace.last(lines);
    }

    private void history() {
        start();
        for (int step = 0; step < medium.steps(); step++) {
            network.move(random, nowMs);
            step();
            if (broker.hasFailed()) {
                fail();
            }
        }
        end();
    }

    // The broker's life.

    private void start() {
        broker.start(nowMs, random);
        model.begins(broker.life());
        trace.note("start " + broker.life());
    }

    private void crash() {
        trace.note("crash");
        network.kill(random);
        broker.crash(random);
        start();
    }

    /** The store has failed: the broker is killed, or ends all connections and recovers. */
    private void fail() {
        trace.note("the store has failed");
        broker.checkFailure();
        if (random.nextBoolean()) {
            crash();
            return;
        }
        network.leaving(ErrorCode.STORE_FAILED);
        broker.abandonAll(new WireException(ErrorCode.STORE_FAILED, "the broker recovers"));
        network.stopped();
        broker.crash(random);
        start();
    }

    private void stopInOrder() {
        trace.note("stop");
        network.leaving(ErrorCode.STOPPING);
        broker.closeAll(new WireException(ErrorCode.STOPPING, "the broker stops"), nowMs);
        boolean patient = random.nextBoolean();
        for (int turns = patient ? 1_000 : random.nextInt(12); turns > 0; turns--) {
            if (broker.isEmpty() || broker.hasFailed()) {
                break;
            }
            network.move(random, nowMs);
            broker.turn(nowMs);
        }
        boolean stopped =
                broker.isEmpty()
                        && !broker.hasFailed()
                        && broker.stop(patient ? 1_000 : random.nextInt(6), patient, nowMs);
        unless(
                stopped || broker.hasFailed() || !patient,
                Invariant.NOTHING_STUCK,
                "the broker does not stop");
        if (!stopped) {
            crash();
            return;
        }
        network.stopped();
        broker.crash(random);
        start();
    }

    /**
     * Everything comes to rest, or the broker alone, and then is what it would be after a start.
     */
    private void settleAndCompare(boolean everything) {
        trace.note(everything ? "settle" : "settle the broker");
        if (!settles(everything)) {
            return;
        }
        network.checkEnded();
        for (SimulatedClient client : clients) {
            if (everything && client != null && client.isServed()) {
                client.checkAnswered();
            }
        }
        if (medium.isComparedNow(random)) {
            broker.compareWithRecovered(nowMs);
        }
    }

    /** Returns false where the store has failed meanwhile. */
    private boolean settles(boolean everything) {
        for (int turns = 0; turns < 20_000; turns++) {
            boolean rests = broker.rests(nowMs);
            if (broker.hasFailed()) {
                return false;
            }
            boolean moved = everything && network.moveAll(nowMs);
            if (!moved && rests) {
                return true;
            }
        }
        throw new Violation(Invariant.NOTHING_STUCK, "the broker never comes to rest");
    }

    // One step.

    private void step() {
        int place = random.nextInt(CLIENTS);
        SimulatedClient client = clients[place];
        int dice = random.nextInt(100);
        if (dice < 24) {
            broker.turn(nowMs);
        } else if (dice < 28) {
            pass(random.nextInt(random.nextInt(10) == 0 ? 3_000 : 40));
        } else if (dice < 30) {
            if (random.nextInt(3) > 0 || !medium.mayCrashNow(random)) {
                settleAndCompare(random.nextInt(3) > 0);
            } else {
                crashAmidWork();
            }
        } else if (dice < 31 && medium.mayCrashNow(random)) {
            crashAmidWork();
        } else if (dice < 32 && random.nextInt(3) == 0) {
            stopInOrder();
        } else if (client == null || client.isGone()) {
            connect(place);
        } else if (!client.isOpen()) {
            client.mumble();
        } else if (dice < 34) {
            if (random.nextInt(3) == 0) {
                leave(client);
            }
        } else if (dice < 52) {
            send(client, null, true);
        } else if (dice < 60) {
            send(client, client.transaction(), true);
        } else if (dice < 68) {
            attach(client);
        } else if (client.hasTransaction() && dice < 73) {
            end(client);
        } else {
            consume(client, dice);
        }
    }

    /** Is killed when commits have just come in, before or after they are written. */
    private void crashAmidWork() {
        for (SimulatedClient client : clients) {
            if (client != null && client.isOpen() && client.hasTransaction()) {
                client.commit();
            }
        }
        network.move(random, nowMs);
        if (random.nextBoolean()) {
            broker.turn(nowMs);
        }
        crash();
    }

    private void pass(long ms) {
        nowMs += ms;
        trace.note("time " + nowMs);
        long elapsedMs = Math.min(ms, TICK_MS_MAX);
        network.tick(elapsedMs);
        broker.tick(elapsedMs, nowMs);
        broker.turn(nowMs);
        if (!broker.hasFailed()) {
            network.checkSignsOfLife();
        }
        for (SimulatedClient client : clients) {
            if (client != null && client.isOpen() && random.nextInt(3) > 0) {
                client.ping();
            }
        }
    }

    private void connect(int place) {
        int number = network.nextNumber();
        trace.note("connect " + number + " " + CLIENT_IDS[place]);
        SimulatedClient client =
                new SimulatedClient(
                        CLIENT_IDS[place], number, broker.life(), model, () -> nowMs, plant, trace);
        clients[place] = client;
        client.connect(network, broker, clientHeartbeatMs);
    }

    private void leave(SimulatedClient client) {
        if (random.nextBoolean()) {
            client.goodbye();
        } else {
            client.hangUp(random.nextBoolean());
        }
    }

    private void send(SimulatedClient client, Integer transaction, boolean mayBeLarge) {
        boolean queue = random.nextInt(3) > 0;
        DestinationKind kind = queue ? DestinationKind.QUEUE : DestinationKind.TOPIC;
        String name = pick(queue ? QUEUES : TOPICS);
        if (!client.knows(kind, name)) {
            client.resolve(kind, name);
            return;
        }
        if (mayBeLarge && random.nextInt(4) == 0) {
            sendLarge(client, kind, name, transaction);
            return;
        }
        int count = 1 + random.nextInt(4);
        if (!client.maySend(count)) {
            return;
        }
        List<Traits> messages = new ArrayList<>();
        boolean persistent = random.nextInt(4) > 0;
        for (int i = 0; i < count; i++) {
            boolean mixed = random.nextInt(12) == 0;
            messages.add(Traits.of(random, persistent != mixed, nowMs, pick(COLOURS)));
        }
        int first = nextLetter;
        nextLetter += messages.size();
        client.send(kind, name, messages, first, transaction);
    }

    /** Some are too large for their transaction, or for what all may have staged. */
    private void sendLarge(
            SimulatedClient client, DestinationKind kind, String name, Integer transaction) {
        Traits traits = Traits.of(random, random.nextInt(4) > 0, nowMs, pick(COLOURS));
        Outbox.Large large = Outbox.Large.of(random, nextLetter++, traits);
        client.sendLarge(kind, name, large, transaction);
    }

    private void attach(SimulatedClient client) {
        int kind = random.nextInt(6);
        String topic = pick(TOPICS);
        if (kind < 3 || client.consumerIds().size() > 4) {
            client.attach(Source.QUEUE, pick(QUEUES), null, pick(COLOURS));
        } else if (kind == 3) {
            client.attach(Source.TOPIC, topic, null, pick(COLOURS));
        } else if (kind == 4 && client.hasClientId()) {
            String colour = pick(COLOURS);
            String name = client.clientId() + "-" + topic + "-" + colour;
            if (random.nextInt(5) == 0) {
                client.unsubscribe(topic, name, colour);
            } else {
                client.attach(Source.DURABLE, topic, name, colour);
            }
        } else {
            String colour = pick(COLOURS);
            String name = "shared-" + client.clientId() + "-" + topic + "-" + colour;
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
        if (random.nextInt(6) == 0) {
            client.looks().browse(random, pick(QUEUES), pick(COLOURS));
            return;
        }
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
            send(client, transaction, false);
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
        trace.note("the end begins");
        if (random.nextBoolean()) {
            settleAndCompare(random.nextBoolean());
        }
        network.becomesCalm();
        if (broker.hasFailed() || random.nextInt(3) > 0) {
            crash();
        } else {
            stopInOrder();
        }
        broker.crash(random);
        broker.heal(random);
        start();
        settleAndCompare(true);
        model.closes();
        nowMs += 100_000;
        consumeAll();
        settleAndCompare(true);
        // so long that nothing but what is due for ever could still be due
        nowMs += 100_000;
        settleAndCompare(true);
        unless(broker.nextTimerMs() == Long.MAX_VALUE, Invariant.NOTHING_STUCK, "a timer is left");
        model.checkEnd();
    }

    private void consumeAll() {
        for (int place = 0; place < CLIENTS; place++) {
            unless(
                    clients[place] == null || clients[place].isGone(),
                    Invariant.NOTHING_STUCK,
                    "a client of an earlier start has heard of no end");
            connect(place);
        }
        settleAndCompare(true);
        for (SimulatedClient client : clients) {
            unless(client.isOpen(), Invariant.NOTHING_STUCK, "a client is not let in");
            client.acceptAll();
            for (String topic : TOPICS) {
                for (String colour : COLOURS) {
                    String end = topic + "-" + colour;
                    if (client.hasClientId()) {
                        drain(client, Source.DURABLE, topic, client.clientId() + "-" + end, colour);
                    }
                    if (client.hasClientId() || client == clients[1]) {
                        String name = "shared-" + client.clientId() + "-" + end;
                        drain(client, Source.SHARED_DURABLE, topic, name, colour);
                    }
                }
            }
        }
        settleAndCompare(true);
        for (String queue : QUEUES) {
            browseAndConsume(queue);
        }
        for (String origin : List.of("q1", "q2", "t1", "t2")) {
            drain(clients[0], Source.QUEUE, "DLQ." + origin, null, null);
            drain(clients[0], Source.QUEUE, "EXP." + origin, null, null);
        }
        settleAndCompare(true);
        for (String origin : List.of("q1", "q2", "t1", "t2")) {
            expectEmpty(DestinationKind.QUEUE, origin);
            expectEmpty(DestinationKind.QUEUE, "DLQ." + origin);
            expectEmpty(DestinationKind.QUEUE, "EXP." + origin);
        }
        for (String topic : TOPICS) {
            expectEmpty(DestinationKind.TOPIC, topic);
        }
    }

    /** What a browser shows of a queue at rest is what a consumer gets then. */
    private void browseAndConsume(String queue) {
        Looks looks = clients[1].looks();
        int look = looks.begin(queue, null);
        looks.drain(look, random.nextInt(4));
        looks.drain(look, PLENTY);
        settleAndCompare(true);
        int consumer = drain(clients[0], Source.QUEUE, queue, null, null);
        settleAndCompare(true);
        looks.checkShown(look, clients[0].heardBy(consumer));
    }

    private int drain(
            SimulatedClient client,
            Source source,
            String name,
            String subscription,
            String colour) {
        int consumer = client.attach(source, name, subscription, colour);
        client.credit(consumer, PLENTY, false);
        return consumer;
    }

    private void expectEmpty(DestinationKind kind, String name) {
        long depth = broker.core().depth(kind, name);
        unless(depth == 0, Invariant.NOTHING_STUCK, depth + " messages are left in " + name);
    }

    private <T> T pick(T[] from) {
        return from[random.nextInt(from.length)];
    }
}
