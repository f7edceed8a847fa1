// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.Fields;
import org.taffrail.wire.frame.ManageOperation;
import org.taffrail.wire.record.DestinationKind;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a client does as a manager: it purges, moves, retries and replays what is in queues, resets
 * subscriptions, and deletes and makes destinations.
 */
final class Orders {
    /** Queues to which is moved have this before the name of the one from which. */
    static final String MOVED = "MV.";

    /** Queues to which is replayed have this before a number of their own. */
    static final String REPLAYED = "RP.";

    private final Model model;
    private final Line line;
    private final Requests requests;
    private final List<Order> open = new ArrayList<>();
    private final Set<Integer> unanswered = new HashSet<>();

    /** One thing that a manager wants done with messages of a group. */
    static class Order {
        private final Group group;
        private final String colour;
        private final boolean ends;
        private BrokerFrame answer;

        private Order(Group group, String colour, boolean ends) {
            this.group = group;
            this.colour = colour;
            this.ends = ends;
        }

        /** Whether all of it was done, and a manager was told so. */
        boolean isDone() {
            return answer instanceof BrokerFrame.Managed;
        }

        /** How many messages a manager was told to be held, and left alone. */
        long held() {
            return told("held");
        }

        /** How many messages a manager was told it was done with. */
        long count() {
            return told("done");
        }

        private long told(String name) {
            return ((BrokerFrame.Managed) answer).rows().get(0).number(name, -1);
        }

        /** Notes that all of it was done. */
        void done() {
            // what that means is known where all rests
        }

        /** Notes that it may be done with a message. */
        void mayTreat(Letter letter) {
            if (group.isFor(letter) && (colour == null || colour.equals(letter.colour))) {
                if (ends) {
                    letter.mayBeEnded.add(group.key);
                } else {
                    letter.mayBeMoved = true;
                }
            }
        }
    }

    /** The deletion of what has a name, of whichever instance that is. */
    private static final class Deletion extends Order {
        private final String key;
        private final Instances instances;
        private final List<String> known;

        Deletion(String key, Instances instances) {
            super(null, null, true);
            this.key = key;
            this.instances = instances;
            known = instances.known(key);
        }

        @Override
        void done() {
            instances.deleted(known);
        }

        @Override
        void mayTreat(Letter letter) {
            if (letter.destination.startsWith(key + "@")) {
                letter.mayBeEnded.add(letter.destination);
            }
        }
    }

    /** Dead letters go back to where they came from. */
    private static final class Retry extends Order {
        private final Group group;

        Retry(Group group) {
            super(group, null, false);
            this.group = group;
        }

        @Override
        void mayTreat(Letter letter) {
            if (group.isFor(letter)) {
                letter.mayBeRetried = true;
                letter.bytes += letter.bytes;
                letter.ended.remove(group.key);
            }
        }
    }

    /** What changes nothing of what is expected of messages. */
    private static final class Harmless extends Order {
        Harmless() {
            super(null, null, false);
        }

        @Override
        void mayTreat(Letter letter) {
            // it stays where it is
        }
    }

    Orders(Model model, Line line, Requests requests) {
        this.model = model;
        this.line = line;
        this.requests = requests;
    }

    /** Settles at most so many messages of a queue, of one colour or, for null, of all. */
    Order purge(String queue, String colour, long messagesMax) {
        Order order = new Order(model.group("q:" + queue, null), colour, true);
        say(order, ManageOperation.PURGE, selection(queue, colour, messagesMax));
        return order;
    }

    /** Moves messages to another queue, which is theirs alone. */
    void move(String queue, String colour, long messagesMax) {
        Order order = new Order(model.group("q:" + queue, null), colour, false);
        Fields.Builder fields = selection(queue, colour, messagesMax);
        say(order, ManageOperation.MOVE, fields.put("to", MOVED + queue));
    }

    /** Moves dead letters back to the queue they came from. */
    Order retry(String queue) {
        Order order = new Retry(model.group("q:" + queue, null));
        String dead = PolicyRules.name(PolicyRules.dead("q:" + queue));
        say(order, ManageOperation.RETRY, selection(dead, null, Long.MAX_VALUE));
        return order;
    }

    /** Appends what a destination has, from a start on, to a queue. */
    Order replay(DestinationKind kind, String name, String start, String target) {
        Order order = new Harmless();
        Fields.Builder fields =
                new Fields.Builder()
                        .put("kind", kind.isQueue() ? "queue" : "topic")
                        .put("name", name)
                        .put("start", start)
                        .put("to", target);
        say(order, ManageOperation.REPLAY, fields);
        return order;
    }

    /** Lets a subscription begin with what is new. */
    Order reset(Group subscription, String topic, long group) {
        Order order = new Order(subscription, null, true);
        Fields.Builder fields = new Fields.Builder().put("kind", "topic").put("name", topic);
        say(order, ManageOperation.RESET, fields.put("group", group).put("start", "latest"));
        return order;
    }

    /** Deletes what is now the queue or topic that managers delete. */
    Order delete(DestinationKind kind, boolean force) {
        String key = SimulatedClient.key(kind, Instances.NAME);
        Order order = new Deletion(key, model.instances());
        Fields.Builder fields = named(kind).put("force", force);
        say(order, ManageOperation.DELETE, fields);
        return order;
    }

    /** Makes it, if it is not there. */
    void create(DestinationKind kind) {
        say(new Harmless(), ManageOperation.CREATE, named(kind));
    }

    private static Fields.Builder named(DestinationKind kind) {
        String text = kind.isQueue() ? "queue" : "topic";
        return new Fields.Builder().put("kind", text).put("name", Instances.NAME);
    }

    private static Fields.Builder selection(String queue, String colour, long messagesMax) {
        String selector = colour == null ? null : "colour = '" + colour + "'";
        return new Fields.Builder()
                .put("kind", "queue")
                .put("name", queue)
                .put("selector", selector)
                .put("messages", messagesMax);
    }

    private void say(Order order, ManageOperation operation, Fields.Builder fields) {
        model.orders().begins(order);
        open.add(order);
        int[] asked = new int[1];
        int request =
                requests.add(
                        answer -> {
                            unanswered.remove(asked[0]);
                            order.answer = answer;
                            if (order.isDone()) {
                                order.done();
                            }
                            end(order);
                        });
        asked[0] = request;
        unanswered.add(request);
        line.say(
                new ClientFrame.Manage(request, operation.number(), fields.build()),
                () -> {
                    requests.withdraw(request);
                    end(order);
                });
    }

    private void end(Order order) {
        open.remove(order);
        model.orders().isOver(order);
    }

    /** The client has said goodbye: what is under way then stops, and nobody is told. */
    void dismissed() {
        unanswered.forEach(requests::withdraw);
    }

    /** The connection is over: what is not done will not be. */
    void over() {
        List.copyOf(open).forEach(this::end);
    }
}
