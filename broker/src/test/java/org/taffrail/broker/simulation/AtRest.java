// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import static org.taffrail.broker.simulation.Violation.unless;

import org.taffrail.broker.simulation.Violation.Invariant;
import org.taffrail.wire.frame.ClientFrame.Source;
import org.taffrail.wire.frame.ClientFrame.Verb;
import org.taffrail.wire.record.DestinationKind;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * What is done while all else rests, so that what must come of it is known to the message: managers
 * end what is in queues and subscriptions, and somebody reads what is kept.
 */
final class AtRest {
    /** After so many failures no more come. */
    private static final int DELIVERIES_MAX = 4;

    private static final int PLENTY = 1 << 20;

    private final Random random;
    private final Model model;
    private final SimulatedBroker broker;
    private final Network network;
    private final BooleanSupplier settles;
    private final Replays replays;
    private int targets;

    /**
     * Makes it.
     *
     * @param settles lets all come to rest; false where the store has failed meanwhile
     */
    AtRest(
            Random random,
            Model model,
            SimulatedBroker broker,
            Network network,
            BooleanSupplier settles) {
        this.random = random;
        this.model = model;
        this.broker = broker;
        this.network = network;
        this.settles = settles;
        replays = new Replays(model, random);
    }

    private boolean rests() {
        return settles.getAsBoolean();
    }

    /** What a manager is told to have ended never comes again. */
    void order(SimulatedClient manager) {
        if (manager != null && rests() && manager.isServed()) {
            List<Group> subscriptions = model.orders().subscriptions();
            int dice = random.nextInt(6);
            if (dice == 0) {
                retry(manager);
            } else if (dice == 1) {
                replayToQueue(manager);
            } else if (dice == 2) {
                delete(
                        manager,
                        random.nextBoolean() ? DestinationKind.QUEUE : DestinationKind.TOPIC);
            } else if (random.nextBoolean() || subscriptions.isEmpty()) {
                purge(manager, Whims.QUEUES[random.nextInt(Whims.QUEUES.length)]);
            } else {
                reset(manager, subscriptions.get(random.nextInt(subscriptions.size())));
            }
        }
    }

    /** Dead letters go back to where they came from, and nowhere else. */
    private void retry(SimulatedClient manager) {
        String queue = Whims.QUEUES[random.nextInt(Whims.QUEUES.length)];
        String dead = PolicyRules.dead("q:" + queue);
        failAll(manager, queue);
        if (!rests() || !manager.isServed()) {
            return;
        }
        Map<String, Long> expected = broker.depths();
        Orders.Order order = manager.orders().retry(queue);
        if (!rests() || !order.isDone()) {
            return;
        }
        long back = expected.get(dead) - order.held();
        expected.put(dead, order.held());
        expected.merge("q:" + queue, back, Long::sum);
        Map<String, Long> depths = broker.depths();
        unless(
                back == order.count() && depths.equals(expected),
                Invariant.RETRIED_GOES_BACK,
                order.count() + " retried, expected were " + expected + ", there are " + depths);
    }

    /** Fails with whatever a queue gives, again and again, so that some of it dies. */
    private void failAll(SimulatedClient client, String queue) {
        int consumer = client.attach(Source.QUEUE, queue, null, null);
        Verb verb = random.nextBoolean() ? Verb.FAIL : Verb.RELEASE_SEEN;
        for (int failures = 0; failures < DELIVERIES_MAX; failures++) {
            client.credit(consumer, PLENTY, true);
            if (!rests() || !client.isServed()) {
                return;
            }
            List<Copy> held = client.free(consumer);
            if (!held.isEmpty()) {
                client.settle(consumer, verb, held, true);
            }
        }
        client.detach(consumer);
    }

    /** What a destination has comes to a queue as well, once. */
    private void replayToQueue(SimulatedClient manager) {
        DestinationKind kind = random.nextBoolean() ? DestinationKind.QUEUE : DestinationKind.TOPIC;
        String[] names = kind.isQueue() ? Whims.QUEUES : Whims.TOPICS;
        String name = names[random.nextInt(names.length)];
        String start = replays.start(kind, name);
        String target = Orders.REPLAYED + ++targets;
        Orders.Order order = manager.orders().replay(kind, name, start, target);
        if (!rests() || !order.isDone()) {
            return;
        }
        long depth = broker.depths().get("q:" + target);
        unless(
                depth == order.count(),
                Invariant.REPLAYED_ONCE,
                depth + " were replayed to " + target + ", told " + order.count());
        Replays.Replay replay = replays.consume(manager, kind, name, start, target);
        if (rests()) {
            replays.end(replay, broker.firstNeeded(kind, name));
            rests();
        }
    }

    /** Deletes what managers delete, with all that is in it, and nothing else. */
    void delete(SimulatedClient manager, DestinationKind kind) {
        Map<String, Long> others = broker.depths();
        String key = SimulatedClient.key(kind, Instances.NAME);
        Long deleted = others.remove(key);
        Orders.Order order = manager.orders().delete(kind, true);
        if (!rests() || !order.isDone()) {
            return;
        }
        unless(deleted != null, Invariant.DELETED_IS_GONE, key + " was not there");
        Map<String, Long> left = broker.depths();
        unless(
                left.equals(others),
                Invariant.DELETED_IS_GONE,
                "without " + key + " there were " + others + ", left are " + left);
        for (Letter letter : model.letters()) {
            if (model.instances().isDeleted(letter.destination)) {
                letter.ended.add(letter.destination);
            }
        }
    }

    private void purge(SimulatedClient manager, String queue) {
        Orders.Order order = manager.orders().purge(queue, null, Long.MAX_VALUE);
        if (!rests() || !order.isDone()) {
            return;
        }
        Group group = model.group("q:" + queue, null);
        long depth = broker.core().overview().depth(DestinationKind.QUEUE, queue);
        long held = model.held(group);
        // who can't hear was told of messages all the same
        boolean cut = network.hasDeaf() || OrderBook.mayBeMore(group);
        unless(
                depth == order.held() && (cut ? held <= depth : held == depth),
                Invariant.PURGED_IS_GONE,
                depth + " are left in " + queue + ", held " + held + ", told " + order.held());
        if (held == depth) {
            model.orders().ended(group);
        }
    }

    private void reset(SimulatedClient manager, Group group) {
        String name = group.key.substring(group.key.indexOf('/') + 1);
        String topic = PolicyRules.name(group.key);
        Orders.Order order = manager.orders().reset(group, topic, broker.groupId(topic, name));
        if (rests() && order.isDone()) {
            model.orders().ended(group);
        }
    }

    /** Somebody reads again what destinations keep. */
    void replay(SimulatedClient client) {
        if (client == null || !rests() || !client.isServed()) {
            return;
        }
        List<Replays.Replay> all = new ArrayList<>();
        for (String queue : Whims.QUEUES) {
            all.add(replays.begin(client, DestinationKind.QUEUE, queue));
        }
        for (String topic : Whims.TOPICS) {
            all.add(replays.begin(client, DestinationKind.TOPIC, topic));
        }
        if (!rests()) {
            return;
        }
        for (Replays.Replay each : all) {
            replays.end(each, broker.firstNeeded(each.kind(), each.name()));
        }
        rests();
    }
}
