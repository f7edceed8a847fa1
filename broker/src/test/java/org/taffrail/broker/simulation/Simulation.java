// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import static org.taffrail.broker.simulation.Violation.unless;

import org.taffrail.broker.core.ProducerLimits;
import org.taffrail.broker.simulation.Violation.Invariant;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.ClientFrame.Source;
import org.taffrail.wire.record.DestinationKind;

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
    private static final String[] QUEUES = Whims.QUEUES;
    private static final String[] TOPICS = Whims.TOPICS;
    private static final String[] COLOURS = Whims.COLOURS;
    private static final List<String> ORIGINS = List.of("q1", "q2", "t1", "t2", Instances.NAME);
    private static final int PLENTY = 1 << 20;
    private static final Conditions.Keeps[] KEEPS = Conditions.Keeps.values();

    /** After so long without a write, a broker looks whether there is something old. */
    private static final int LOOK_MS = 61_000;

    /** The broker's thread takes no longer silence for its clients' than this. */
    private static final int TICK_MS_MAX = 80;

    private final Random random;
    private final Medium medium;
    private final Trace trace;
    private final Plant plant;
    private final Model model;
    private final SimulatedClient[] clients = new SimulatedClient[CLIENTS];
    private final Network network;
    private final Whims whims;
    private final AtRest atRest;
    private final SimulatedBroker broker;
    private final int clientHeartbeatMs;
    private long nowMs = 1_000_000;

    private Simulation(long seed, Medium medium, Plant plant, boolean traced) {
        random = new Random(seed * 0x9E3779B97F4A7C15L);
        this.medium = medium;
        this.plant = plant;
        trace = new Trace(traced);
        Conditions conditions = Conditions.of(random, KEEPS[(int) (seed % KEEPS.length)]);
        clientHeartbeatMs = conditions.clientHeartbeatMs();
        model = new Model(conditions.limits().policies());
        model.chronicle().time(nowMs);
        whims = new Whims(random, () -> nowMs);
        network = new Network(conditions.weather(), conditions.heartbeatMs(), trace);
        Disk disk = medium.disk(conditions, random.nextLong(), plant);
        broker = new SimulatedBroker(conditions, disk, network, plant, model.chronicle()::scarce);
        atRest = new AtRest(random, model, broker, network, () -> settles(true));
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
        if (patient) {
            // without room for what must be written, nobody could be sent away
            broker.makeRoom();
        }
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
            turn();
        } else if (dice < 28) {
            pass(random.nextInt(random.nextInt(10) == 0 ? 3_000 : 40));
            if (model.chronicle().ages() && random.nextInt(12) == 0) {
                pass(LOOK_MS);
            }
        } else if (dice < 30) {
            if (random.nextInt(3) > 0 || !medium.mayCrashNow(random)) {
                settleAndCompare(random.nextInt(3) > 0);
            } else {
                crashAmidWork();
            }
        } else if (dice < 31 && random.nextInt(4) == 0) {
            atRest.order(clients[random.nextInt(CLIENTS)]);
        } else if (dice < 31 && random.nextInt(4) == 0) {
            atRest.replay(client);
        } else if (dice < 31 && medium.mayCrashNow(random)) {
            crashAmidWork();
        } else if (dice < 32 && random.nextInt(3) == 0) {
            stopInOrder();
        } else if (client == null || client.isGone()) {
            connect(place);
        } else if (!client.isOpen()) {
            client.mumble();
        } else {
            whims.act(client, dice);
        }
    }

    /** Sometimes the broker is killed right after it has given up what nothing needs. */
    private void turn() {
        if (broker.hasSnapshotUnderWay() && random.nextBoolean()) {
            settleAndGiveUp();
            return;
        }
        broker.turn(nowMs);
        if (broker.hasGivenUp() && random.nextBoolean() && medium.mayCrashNow(random)) {
            crash();
        }
    }

    /**
     * Much is settled in the turn in which the broker gives up what nothing needs, and it is
     * killed, mostly while it does not know yet whether that will last.
     */
    private void settleAndGiveUp() {
        broker.delayPublication(true);
        int turns = 20;
        while (turns-- > 0 && !broker.isPublicationDelayed() && !broker.hasFailed()) {
            network.move(random, nowMs);
            broker.turn(nowMs);
        }
        broker.delayPublication(false);
        if (broker.hasFailed()) {
            return;
        }
        for (SimulatedClient client : clients) {
            if (client != null && client.isOpen()) {
                whims.acceptAll(client);
            }
        }
        network.moveAll(nowMs);
        broker.turn(nowMs);
        boolean kill = broker.hasGivenUp() && (broker.hasWorkUnderWay() || random.nextBoolean());
        if (kill && medium.mayCrashNow(random)) {
            crash();
        }
    }

    /** Is killed when commits and sends have just come in, before or after they are written. */
    private void crashAmidWork() {
        for (SimulatedClient client : clients) {
            if (client != null && client.isOpen() && client.transactions().isOpen()) {
                client.transactions().commit();
            } else if (client != null && client.isOpen() && random.nextInt(3) == 0) {
                whims.sendInDoubt(client);
            }
        }
        network.move(random, nowMs);
        if (random.nextBoolean()) {
            broker.turn(nowMs);
        }
        crash();
    }

    private void pass(long ms) {
        goOn(ms);
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

    private void goOn(long ms) {
        nowMs += ms;
        model.chronicle().time(nowMs);
    }

    private void connect(int place) {
        int number = network.nextNumber();
        Sender before = clients[place] == null ? null : clients[place].remembered();
        if (clients[place] != null && (before == null || random.nextInt(4) == 0)) {
            clients[place].sender().giveUp();
            before = null;
        }
        trace.note(
                "connect " + number + " " + CLIENT_IDS[place] + (before == null ? "" : " again"));
        SimulatedClient client =
                new SimulatedClient(
                        CLIENT_IDS[place],
                        before,
                        number,
                        broker.life(),
                        model,
                        () -> nowMs,
                        plant,
                        trace);
        clients[place] = client;
        client.connect(network, broker, clientHeartbeatMs);
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
        replayWhatIsLeft();
        model.closes();
        goOn(100_000);
        consumeAll();
        settleAndCompare(true);
        atRest.delete(clients[0], DestinationKind.QUEUE);
        atRest.delete(clients[0], DestinationKind.TOPIC);
        // so long that nobody comes again
        goOn(ProducerLimits.defaults().keptMs());
        settleAndCompare(true);
        // so long that nothing but what is due for ever could still be due
        goOn(100_000);
        settleAndCompare(true);
        atRest.replay(clients[0]);
        unless(broker.nextTimerMs() == Long.MAX_VALUE, Invariant.NOTHING_STUCK, "a timer is left");
        model.checkEnd();
    }

    /** Before time has passed, somebody comes who only decides what is prepared, and reads. */
    private void replayWhatIsLeft() {
        connect(1);
        settleAndCompare(true);
        clients[1].transactions().decideAll(random);
        settleAndCompare(true);
        atRest.replay(clients[1]);
        clients[1].goodbye();
        settleAndCompare(true);
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
        for (String origin : ORIGINS) {
            drain(clients[0], Source.QUEUE, "DLQ." + origin, null, null);
            drain(clients[0], Source.QUEUE, "EXP." + origin, null, null);
        }
        for (String queue : QUEUES) {
            drain(clients[0], Source.QUEUE, Orders.MOVED + queue, null, null);
        }
        drain(clients[0], Source.QUEUE, Instances.NAME, null, null);
        settleAndCompare(true);
        for (String origin : ORIGINS) {
            expectEmpty(DestinationKind.QUEUE, origin);
            expectEmpty(DestinationKind.QUEUE, "DLQ." + origin);
            expectEmpty(DestinationKind.QUEUE, "EXP." + origin);
        }
        for (String queue : QUEUES) {
            expectEmpty(DestinationKind.QUEUE, Orders.MOVED + queue);
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
        long depth = broker.core().overview().depth(kind, name);
        unless(depth == 0, Invariant.NOTHING_STUCK, depth + " messages are left in " + name);
    }
}
