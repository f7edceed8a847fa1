// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import static org.taffrail.broker.simulation.Violation.unless;

import org.taffrail.broker.core.Delivery;
import org.taffrail.broker.simulation.Violation.Invariant;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.ClientFrame.Source;
import org.taffrail.wire.frame.ClientFrame.Verb;
import org.taffrail.wire.record.DestinationKind;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A client with one connection, as a provider would be one: asks, remembers what is unanswered,
 * tells the model.
 */
final class SimulatedClient implements Line.Listener {
    private static final int PLENTY = 1 << 28;

    private final String clientId;
    private final int connection;
    private final int life;
    private final Model model;
    private final LongSupplier clock;
    private final Line line;
    private final Sender sender;
    private final Requests requests;
    private final Looks looks;
    private final Map<Integer, List<String>> heard = new LinkedHashMap<>();
    private final Map<Integer, Holder> consumers = new LinkedHashMap<>();
    private final List<Integer> attached = new ArrayList<>();
    private final Addresses addresses;
    private final Map<Integer, Long> partitionByConsumer = new LinkedHashMap<>();
    private final Transactions transactions;
    private final Orders orders;
    private final Deliveries deliveries = new Deliveries(this::delivered);

    private boolean leaving;
    private boolean gone;
    private int nextConsumer = 1;
    private boolean acceptsAll;

    /**
     * Makes a client that has not connected yet.
     *
     * @param clientId the client id, or null
     * @param connection the number of the connection that it will have
     * @param life the number of the broker's start
     * @param before whose connection is lost and as whom it goes on; null for none
     */
    SimulatedClient(
            String clientId,
            Sender before,
            int connection,
            int life,
            Model model,
            LongSupplier clock,
            Plant plant,
            Trace trace) {
        this.clientId = clientId;
        this.connection = connection;
        this.life = life;
        this.model = model;
        this.clock = clock;
        requests = new Requests(connection);
        line = new Line(this, plant, trace);
        looks = new Looks(model, line, requests, connection, life);
        transactions = new Transactions(model, line, requests, connection);
        orders = new Orders(model, line, requests);
        addresses = new Addresses(model, line, requests);
        sender = new Sender(before, connection, life, model, line, transactions, addresses);
    }

    void connect(Network network, SimulatedBroker broker, int heartbeatMs) {
        line.connect(network, broker, sender.hello(clientId, heartbeatMs));
    }

    /** As whom somebody may go on after it, or null. */
    Sender remembered() {
        return leaving ? null : sender.lastWelcome();
    }

    /** What it sends. */
    Sender sender() {
        return sender;
    }

    String clientId() {
        return clientId;
    }

    boolean hasClientId() {
        return clientId != null;
    }

    /** Whether it hears nothing any more. */
    boolean isGone() {
        return gone;
    }

    /** Whether it was let in and may ask for things that the broker may hear. */
    boolean isOpen() {
        return sender.isWelcome() && !leaving && !gone && !line.isOver();
    }

    /** Whether it may count on being answered. */
    boolean isServed() {
        return isOpen() && !line.isCut();
    }

    /** Its browsers. */
    Looks looks() {
        return looks;
    }

    /** What it sends and accepts together. */
    Transactions transactions() {
        return transactions;
    }

    /** What it does as a manager. */
    Orders orders() {
        return orders;
    }

    /** What a consumer has heard, in order. */
    List<String> heardBy(int consumer) {
        return heard.getOrDefault(consumer, List.of());
    }

    /** Accepts whatever it hears at once. */
    void acceptAll() {
        acceptsAll = true;
    }

    // How it ends.

    /** Says goodbye and waits for the end. */
    void goodbye() {
        leaving = true;
        line.sayGoodbye();
    }

    /** Goes away without a word. */
    void hangUp(boolean losingBytes) {
        line.close(losingBytes);
    }

    @Override
    public void dismissed() {
        orders.dismissed();
        checkAnswered();
    }

    @Override
    public void lost() {
        gone = true;
    }

    /** What it holds goes back, and what it has not asked to commit will not be. */
    @Override
    public void over() {
        for (Transaction transaction : transactions.open()) {
            if (!transaction.commitAsked) {
                model.rolledBack(transaction);
            }
        }
        consumers.values().forEach(model::lost);
        orders.over();
    }

    // What it asks for.

    /** Says something that asks for nothing, where it does not know that nobody listens. */
    void mumble() {
        if (sender.isWelcome() && !leaving) {
            line.say(new ClientFrame.Ping());
        }
    }

    void ping() {
        requests.pinged();
        line.say(new ClientFrame.Ping(), requests::withdrawPing);
    }

    /** The destinations that it knows. */
    Addresses addresses() {
        return addresses;
    }

    static String key(DestinationKind kind, String name) {
        return (kind.isQueue() ? "q:" : "t:") + name;
    }

    /** Makes a consumer that begins with what is new, or with what a queue has. */
    int attach(Source source, String destination, String subscription, String colour) {
        return attach(source, destination, subscription, colour, null);
    }

    /**
     * Makes a consumer; the group is known from the wish alone.
     *
     * @param start where one of its own begins; one that lasts begins as the model says
     */
    int attach(
            Source source, String destination, String subscription, String colour, String start) {
        int id = nextConsumer++;
        boolean side = source == Source.SIDE;
        boolean queue = side || source == Source.QUEUE;
        DestinationKind kind = queue ? DestinationKind.QUEUE : DestinationKind.TOPIC;
        String key = key(kind, destination);
        if (side || source == Source.TOPIC) {
            key += "/#" + connection + "." + id;
        } else if (!queue) {
            key += "/" + subscription;
        }
        Group group = model.group(key, source == Source.QUEUE ? null : colour);
        Holder holder = new Holder(group, colour, connection, life, id);
        holder.askedAt = model.tick();
        holder.replays = side || !queue && start != null;
        consumers.put(id, holder);
        boolean named = subscription != null;
        String from = named ? model.start(group) : start;
        int request =
                requests.add(
                        answer -> {
                            if (answer instanceof BrokerFrame.Done) {
                                attached.add(id);
                                model.attached(group, named, from);
                            } else {
                                consumers.remove(id);
                            }
                        });
        // a correlation id is found by its hash, a property by looking at each message
        String selectedBy = queue && id % 2 == 0 ? "JMSCorrelationID" : "colour";
        String selector = colour == null ? null : selectedBy + " = '" + colour + "'";
        line.say(
                new ClientFrame.Attach(
                        request,
                        id,
                        source,
                        kind,
                        destination,
                        subscription,
                        selector,
                        false,
                        from),
                () -> requests.withdraw(request));
        return id;
    }

    List<Integer> consumerIds() {
        return attached;
    }

    Holder holder(int consumer) {
        return consumers.get(consumer);
    }

    void credit(int consumer, int messages, boolean reset) {
        line.say(new ClientFrame.Credit(consumer, messages, PLENTY, reset, 0));
    }

    void drain(int consumer, int messages) {
        if (!requests.isDraining(consumer)) {
            int token = requests.addDrain(consumer);
            line.say(
                    new ClientFrame.Credit(consumer, messages, PLENTY, false, token),
                    () -> requests.withdrawDrain(token));
        }
    }

    /** The messages that a consumer holds outside of transactions. */
    List<Copy> free(int consumer) {
        List<Copy> free = new ArrayList<>(consumers.get(consumer).held);
        for (Transaction transaction : transactions.open()) {
            free.removeAll(transaction.accepts);
        }
        return free;
    }

    void settle(int consumer, Verb verb, List<Copy> copies, boolean answered) {
        boolean accepts = verb == Verb.ACCEPT;
        int askedAt = 0;
        if (accepts) {
            askedAt = model.acceptAsked(copies, null);
        } else {
            copies.forEach(copy -> model.released(copy, verb != Verb.RELEASE_UNSEEN));
            if (verb == Verb.RELEASE_SEEN) {
                copies.forEach(copy -> model.failed(copy, clock.getAsLong()));
            }
        }
        int request = 0;
        if (answered) {
            int at = askedAt;
            request =
                    requests.add(
                            answer -> {
                                if (answer instanceof BrokerFrame.Done && accepts) {
                                    model.acceptDone(copies, at);
                                }
                            });
        }
        int asked = request;
        line.say(
                settleFrame(request, 0, consumer, verb, copies),
                () -> {
                    requests.withdraw(asked);
                    if (accepts) {
                        model.acceptNeverHeard(copies);
                    }
                });
    }

    void acceptIn(int transactionId, int consumer, List<Copy> copies) {
        transactions.begun(transactionId).accepts.addAll(copies);
        line.say(settleFrame(0, transactionId, consumer, Verb.ACCEPT, copies));
    }

    private ClientFrame.Settle settleFrame(
            int request, long transaction, int consumer, Verb verb, List<Copy> copies) {
        long[] ranges =
                copies.stream()
                        .mapToLong(copy -> copy.offset)
                        .sorted()
                        .flatMap(offset -> java.util.stream.LongStream.of(offset, offset))
                        .toArray();
        return new ClientFrame.Settle(
                request, transaction, consumer, verb, partitionOf(consumer), ranges);
    }

    private long partitionOf(int consumer) {
        return partitionByConsumer.getOrDefault(consumer, 0L);
    }

    /** Closes a consumer; what it holds stays held by its id. */
    void detach(int consumer) {
        attached.remove((Integer) consumer);
        int request = requests.add(answer -> {});
        line.say(new ClientFrame.Detach(request, consumer), () -> requests.withdraw(request));
    }

    void unsubscribe(String topic, String subscription, String colour) {
        Group group = model.group("t:" + topic + "/" + subscription, colour);
        boolean before = group.vague;
        group.vague = true;
        int request =
                requests.add(
                        answer -> {
                            if (answer instanceof BrokerFrame.Failed) {
                                group.vague = before;
                            }
                        });
        line.say(
                new ClientFrame.Unsubscribe(request, subscription),
                () -> {
                    requests.withdraw(request);
                    group.vague = before;
                });
    }

    /** All that it has asked for, and that the broker has heard, has been answered. */
    void checkAnswered() {
        requests.checkAnswered();
        sender.checkAnswered();
    }

    // What it hears.

    @Override
    public void hear(BrokerFrame frame) {
        if (frame instanceof BrokerFrame.Deliver deliver) {
            deliveries.hear(deliver);
        } else if (frame instanceof BrokerFrame.DeliverPart part) {
            deliveries.hear(part);
        } else if (frame instanceof BrokerFrame.Confirm confirm) {
            sender.confirmed(confirm);
        } else if (frame instanceof BrokerFrame.Refuse refuse) {
            sender.refused(refuse);
        } else if (frame instanceof BrokerFrame.Drained drained) {
            requests.drained(drained);
        } else if (frame instanceof BrokerFrame.Done done) {
            requests.answered(done.requestId(), frame);
        } else if (frame instanceof BrokerFrame.Failed failed) {
            requests.answered(failed.requestId(), frame);
        } else if (frame instanceof BrokerFrame.Resolved resolved) {
            requests.answered(resolved.requestId(), frame);
        } else if (frame instanceof BrokerFrame.Managed managed) {
            requests.answered(managed.requestId(), frame);
        } else if (frame instanceof BrokerFrame.ConsumerClosed closed) {
            closed(closed.consumerId());
        } else if (frame instanceof BrokerFrame.Welcome welcome) {
            sender.welcomed(welcome);
        } else if (frame instanceof BrokerFrame.Pong) {
            requests.ponged();
        } else if (!(frame instanceof BrokerFrame.Closing)) {
            throw new AssertionError("unexpected " + frame);
        }
    }

    /** A consumer is no more; what it holds it may still settle. */
    private void closed(int consumer) {
        Holder holder = consumers.get(consumer);
        unless(
                holder != null && Instances.isOne(holder.group.key),
                Invariant.DELETED_IS_GONE,
                "what nobody has deleted has gone under " + holder);
        attached.remove((Integer) consumer);
    }

    private void delivered(Delivery delivery) {
        if (Looks.isOne(delivery.consumerId())) {
            looks.shown(delivery, clock.getAsLong());
            return;
        }
        Holder holder = consumers.get(delivery.consumerId());
        unless(
                holder != null,
                Invariant.HEARD_BY_WHO_ASKED,
                "connection " + connection + " has no consumer " + delivery.consumerId());
        if (line.isOver()) {
            model.deliveredLate(holder, delivery, clock.getAsLong());
            return;
        }
        heard.computeIfAbsent(delivery.consumerId(), id -> new ArrayList<>())
                .add(Looks.describe(delivery));
        partitionByConsumer.put(delivery.consumerId(), delivery.partition());
        model.delivered(holder, delivery, clock.getAsLong());
        if (acceptsAll) {
            settle(delivery.consumerId(), Verb.ACCEPT, List.copyOf(holder.held), false);
        }
    }
}
