// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import org.taffrail.wire.frame.ClientFrame.Source;
import org.taffrail.wire.frame.ClientFrame.Verb;
import org.taffrail.wire.record.DestinationKind;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;

/** What comes into the heads of clients that have been let in: whatever an application may do. */
final class Whims {
    static final String[] QUEUES = {"q1", "q2"};
    static final String[] TOPICS = {"t1", "t2"};
    static final String[] COLOURS = {null, "red", "blue"};

    private final Random random;
    private final LongSupplier clock;
    private int nextLetter = 1;

    Whims(Random random, LongSupplier clock) {
        this.random = random;
        this.clock = clock;
    }

    /**
     * Does something.
     *
     * @param dice what: from 32 to 99
     */
    void act(SimulatedClient client, int dice) {
        if (dice < 34) {
            if (random.nextInt(3) == 0) {
                leave(client);
            }
        } else if (dice < 52) {
            send(client, null, true);
        } else if (dice < 60) {
            send(client, client.transactions().current(), true);
        } else if (dice < 68) {
            attach(client);
        } else if (client.transactions().isOpen() && dice < 73) {
            end(client);
        } else {
            consume(client, dice);
        }
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
        send(client, transaction, mayBeLarge, kind, name(queue ? QUEUES : TOPICS));
    }

    /** Sends to what managers may have deleted, and then to what is there. */
    void sendInDoubt(SimulatedClient client) {
        send(client, null, false, DestinationKind.QUEUE, Instances.NAME);
        send(client, null, false, DestinationKind.QUEUE, pick(QUEUES));
    }

    private void send(
            SimulatedClient client,
            Integer transaction,
            boolean mayBeLarge,
            DestinationKind kind,
            String name) {
        if (!client.addresses().has(SimulatedClient.key(kind, name))) {
            client.addresses().resolve(kind, name);
            return;
        }
        if (mayBeLarge && random.nextInt(4) == 0) {
            sendLarge(client, kind, name, transaction);
            return;
        }
        int count = 1 + random.nextInt(4);
        if (!client.sender().maySend(count)) {
            return;
        }
        List<Traits> messages = new ArrayList<>();
        boolean persistent = random.nextInt(4) > 0;
        for (int i = 0; i < count; i++) {
            boolean mixed = random.nextInt(12) == 0;
            messages.add(Traits.of(random, persistent != mixed, clock.getAsLong(), pick(COLOURS)));
        }
        int first = nextLetter;
        nextLetter += messages.size();
        client.sender().send(kind, name, messages, first, transaction);
    }

    /** Some are too large for their transaction, or for what all may have staged. */
    private void sendLarge(
            SimulatedClient client, DestinationKind kind, String name, Integer transaction) {
        Traits traits = Traits.of(random, random.nextInt(4) > 0, clock.getAsLong(), pick(COLOURS));
        Outbox.Large large = Outbox.Large.of(random, nextLetter++, traits);
        client.sender().sendLarge(kind, name, large, transaction);
    }

    private void attach(SimulatedClient client) {
        int kind = random.nextInt(6);
        String topic = name(TOPICS);
        if (random.nextInt(8) == 0) {
            boolean queue = random.nextBoolean();
            client.attach(
                    queue ? Source.SIDE : Source.TOPIC,
                    queue ? pick(QUEUES) : topic,
                    null,
                    pick(COLOURS),
                    Replays.somewhere(random, clock.getAsLong()));
        } else if (kind < 3 || client.consumerIds().size() > 4) {
            client.attach(Source.QUEUE, name(QUEUES), null, pick(COLOURS));
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
        int dice = random.nextInt(6);
        if (dice < 3) {
            client.transactions().commit();
        } else if (dice < 5) {
            client.transactions().prepare();
        } else {
            client.transactions().rollback();
        }
    }

    private void consume(SimulatedClient client, int dice) {
        if (random.nextInt(6) == 0) {
            client.looks().browse(random, pick(QUEUES), pick(COLOURS));
            return;
        }
        if (random.nextInt(25) == 0) {
            order(client);
            return;
        }
        if (random.nextInt(12) == 0) {
            client.transactions().decide(random);
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

    /** Accepts whatever it holds. */
    void acceptAll(SimulatedClient client) {
        for (int consumer : client.consumerIds()) {
            List<Copy> free = client.free(consumer);
            if (!free.isEmpty()) {
                client.settle(consumer, Verb.ACCEPT, free, random.nextBoolean());
            }
        }
        if (random.nextInt(8) == 0) {
            client.orders().purge(pick(QUEUES), null, Long.MAX_VALUE);
        }
    }

    /** Moves, purges, deletes or makes, also while others consume and send. */
    private void order(SimulatedClient client) {
        if (random.nextInt(4) == 0) {
            DestinationKind kind =
                    random.nextBoolean() ? DestinationKind.QUEUE : DestinationKind.TOPIC;
            if (random.nextInt(3) == 0) {
                client.orders().create(kind);
            } else {
                client.orders().delete(kind, random.nextInt(4) > 0);
            }
            return;
        }
        long most = random.nextBoolean() ? 1 + random.nextInt(4) : Long.MAX_VALUE;
        if (random.nextInt(4) == 0) {
            client.orders().retry(pick(QUEUES));
        } else if (random.nextInt(3) > 0) {
            client.orders().move(pick(QUEUES), pick(COLOURS), most);
        } else {
            client.orders().purge(pick(QUEUES), pick(COLOURS), most);
        }
    }

    /** Consumes and sends in one transaction, as a service does. */
    private void transfer(SimulatedClient client, int consumer) {
        List<Copy> free = client.free(consumer);
        if (!free.isEmpty()) {
            int transaction = client.transactions().current();
            client.acceptIn(transaction, consumer, free);
            send(client, transaction, false);
            if (random.nextInt(4) == 0) {
                client.transactions().prepare();
            } else {
                client.transactions().commit();
            }
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
            client.acceptIn(client.transactions().current(), consumer, some);
            return;
        }
        Verb verb = Verb.ACCEPT;
        if (dice > 5) {
            verb = Verb.values()[1 + random.nextInt(3)];
        }
        client.settle(consumer, verb, some, random.nextInt(4) > 0);
    }

    /** One of those that are always there, or sometimes what managers delete and make. */
    private String name(String[] from) {
        return random.nextInt(6) == 0 ? Instances.NAME : pick(from);
    }

    private <T> T pick(T[] from) {
        return from[random.nextInt(from.length)];
    }
}
