// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import static org.taffrail.broker.simulation.Violation.unless;

import org.taffrail.broker.simulation.Violation.Invariant;
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
    private final Random random;
    private final Model model;
    private final SimulatedBroker broker;
    private final Network network;
    private final BooleanSupplier settles;
    private final Replays replays;

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
            if (random.nextInt(4) == 0) {
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
        long depth = broker.core().depth(DestinationKind.QUEUE, queue);
        long held = OrderBook.held(group);
        // who can't hear was told of messages all the same
        boolean cut = network.hasDeaf();
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
        hearOfRoom();
        for (Replays.Replay each : all) {
            replays.end(each, broker.firstNeeded(each.kind(), each.name()));
        }
        rests();
    }

    /** Room may have been scarce since it last asked. */
    void hearOfRoom() {
        if (broker.wasScarce()) {
            model.chronicle().scarce();
        }
    }
}
