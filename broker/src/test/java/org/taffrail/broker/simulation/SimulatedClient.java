// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import static org.taffrail.broker.simulation.Violation.unless;

import org.taffrail.broker.core.Delivery;
import org.taffrail.broker.core.Message;
import org.taffrail.broker.simulation.Model.Copy;
import org.taffrail.broker.simulation.Model.Holder;
import org.taffrail.broker.simulation.Model.Letter;
import org.taffrail.broker.simulation.Model.Outcome;
import org.taffrail.broker.simulation.Model.Transaction;
import org.taffrail.broker.simulation.Violation.Invariant;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.ClientFrame.Source;
import org.taffrail.wire.frame.ClientFrame.Verb;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.record.RunLayout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A client as a provider would be one: asks, remembers what is unanswered, tells the model. */
final class SimulatedClient {
    private static final int PLENTY = 1 << 28;

    final String clientId;

    private final Model model;
    private final BiConsumer<Long, ClientFrame> broker;
    private final Map<Integer, Consumer<BrokerFrame>> requests = new LinkedHashMap<>();
    private final TreeMap<Long, Letter> unanswered = new TreeMap<>();
    private final Map<Integer, Holder> consumers = new LinkedHashMap<>();
    private final Map<Integer, Integer> drains = new LinkedHashMap<>();
    private final List<Integer> attached = new ArrayList<>();
    private final Map<String, Long> partitions = new LinkedHashMap<>();
    private final Map<Integer, Transaction> open = new LinkedHashMap<>();

    private long connection;
    private long producer;
    private int nextRequest;
    private int nextConsumer;
    private int nextToken;
    private long nextSequence;
    private int nextTransaction;
    private boolean acceptsAll;

    SimulatedClient(String clientId, Model model, BiConsumer<Long, ClientFrame> broker) {
        this.clientId = clientId;
        this.model = model;
        this.broker = broker;
    }

    boolean isConnected() {
        return connection != 0;
    }

    long connection() {
        return connection;
    }

    void connected(long newConnection, long newProducer) {
        connection = newConnection;
        producer = newProducer;
        nextRequest = 1;
        nextConsumer = 1;
        nextToken = 1;
        nextSequence = 1;
    }

    /** The connection is gone, by whatever cause: what is unanswered will never be known. */
    void lost() {
        connection = 0;
        unanswered.values().forEach(letter -> letter.outcome = Outcome.UNKNOWN);
        for (Transaction transaction : open.values()) {
            if (!transaction.commitAsked) {
                model.rolledBack(transaction);
            } else {
                transaction.outcome = Outcome.UNKNOWN;
            }
        }
        consumers.values().forEach(model::lost);
        unanswered.clear();
        open.clear();
        consumers.clear();
        attached.clear();
        requests.clear();
        drains.clear();
        partitions.clear();
    }

    /** Accepts whatever it hears at once. */
    void acceptAll() {
        acceptsAll = true;
    }

    // What it asks for.

    void resolve(DestinationKind kind, String name) {
        int request = nextRequest++;
        requests.put(
                request,
                answer -> {
                    if (answer instanceof BrokerFrame.Resolved resolved) {
                        partitions.put(key(kind, name), resolved.partition());
                    }
                });
        say(new ClientFrame.Resolve(request, kind, name));
    }

    boolean knows(DestinationKind kind, String name) {
        return partitions.containsKey(key(kind, name));
    }

    static String key(DestinationKind kind, String name) {
        return (kind.isQueue() ? "q:" : "t:") + name;
    }

    /** Sends one run; the destination's partition must be known. */
    void send(
            DestinationKind kind,
            String name,
            List<Model.Traits> messages,
            int firstId,
            int life,
            Integer inTransaction) {
        String destination = key(kind, name);
        Transaction transaction =
                inTransaction == null
                        ? null
                        : open.computeIfAbsent(
                                inTransaction, each -> model.transaction(producer * 1000 + each));
        ByteSink sink = new ByteSink(256);
        RunLayout.begin(sink, partitions.get(destination), producer, nextSequence);
        for (int i = 0; i < messages.size(); i++) {
            Model.Traits traits = messages.get(i);
            Letter letter =
                    new Letter(
                            firstId + i,
                            destination,
                            traits,
                            life,
                            connection,
                            nextSequence,
                            transaction);
            unanswered.put(nextSequence++, model.send(letter));
            encode(sink, letter);
        }
        RunLayout.end(sink, 0, messages.size());
        say(
                new ClientFrame.Send(
                        inTransaction == null ? 0 : inTransaction, sink.array(), 0, sink.length()));
    }

    private static void encode(ByteSink sink, Letter letter) {
        Message message =
                Message.message(Integer.toString(letter.id))
                        .priority(letter.priority)
                        .expiresAt(letter.expiresAtMs)
                        .notBefore(letter.notBeforeMs);
        if (!letter.persistent) {
            message.nonPersistent();
        }
        if (letter.colour != null) {
            message.property("colour", letter.colour);
        }
        message.encode(sink);
    }

    /** Makes a consumer; the group is known from the wish alone. */
    int attach(Source source, String destination, String subscription, String colour) {
        int id = nextConsumer++;
        boolean queue = source == Source.QUEUE;
        DestinationKind kind = queue ? DestinationKind.QUEUE : DestinationKind.TOPIC;
        String key = key(kind, destination);
        String name = subscription;
        if (source == Source.TOPIC) {
            key += "/#" + connection + "." + id;
        } else if (!queue) {
            key += "/" + subscription;
        }
        Model.Group group = model.group(key, queue ? null : colour);
        consumers.put(id, new Holder(group, colour, connection, id));
        boolean named = subscription != null;
        int request = nextRequest++;
        requests.put(
                request,
                answer -> {
                    if (answer instanceof BrokerFrame.Done) {
                        attached.add(id);
                        group.exists |= named;
                    } else {
                        consumers.remove(id);
                    }
                });
        String selector = colour == null ? null : "colour = '" + colour + "'";
        say(
                new ClientFrame.Attach(
                        request, id, source, kind, destination, name, selector, false, null));
        return id;
    }

    List<Integer> consumerIds() {
        return attached;
    }

    Holder holder(int consumer) {
        return consumers.get(consumer);
    }

    void credit(int consumer, int messages, boolean reset) {
        say(new ClientFrame.Credit(consumer, messages, PLENTY, reset, 0));
    }

    void drain(int consumer, int messages) {
        if (!drains.containsValue(consumer)) {
            int token = nextToken++;
            drains.put(token, consumer);
            say(new ClientFrame.Credit(consumer, messages, PLENTY, false, token));
        }
    }

    /** The messages that a consumer holds outside of transactions. */
    List<Copy> free(int consumer) {
        List<Copy> free = new ArrayList<>(consumers.get(consumer).held);
        for (Transaction transaction : open.values()) {
            free.removeAll(transaction.accepts);
        }
        return free;
    }

    void settle(int consumer, Verb verb, List<Copy> copies, boolean answered) {
        if (verb == Verb.ACCEPT) {
            model.acceptAsked(copies);
        } else {
            copies.forEach(copy -> model.released(copy, verb != Verb.RELEASE_UNSEEN));
        }
        int request = 0;
        if (answered) {
            request = nextRequest++;
            requests.put(
                    request,
                    answer -> {
                        if (answer instanceof BrokerFrame.Done && verb == Verb.ACCEPT) {
                            model.acceptDone(copies);
                        }
                    });
        }
        say(settleFrame(request, 0, consumer, verb, copies));
    }

    void acceptIn(int transactionId, int consumer, List<Copy> copies) {
        Transaction transaction =
                open.computeIfAbsent(
                        transactionId, each -> model.transaction(producer * 1000 + each));
        transaction.accepts.addAll(copies);
        say(settleFrame(0, transactionId, consumer, Verb.ACCEPT, copies));
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

    private final Map<Integer, Long> partitionByConsumer = new LinkedHashMap<>();

    private long partitionOf(int consumer) {
        return partitionByConsumer.getOrDefault(consumer, 0L);
    }

    /** The transaction that is open now; its number changes with each end. */
    int transaction() {
        return nextTransaction + 1;
    }

    boolean hasTransaction() {
        Transaction transaction = open.get(transaction());
        return transaction != null;
    }

    void commit() {
        int id = transaction();
        nextTransaction++;
        Transaction transaction = open.get(id);
        model.commitAsked(transaction);
        int request = nextRequest++;
        requests.put(
                request,
                answer -> {
                    open.remove(id);
                    if (answer instanceof BrokerFrame.Done) {
                        model.commitDone(transaction);
                    } else {
                        model.commitRefused(transaction);
                    }
                });
        say(new ClientFrame.Commit(request, id));
    }

    void rollback() {
        int id = transaction();
        nextTransaction++;
        model.rolledBack(open.remove(id));
        int request = nextRequest++;
        requests.put(request, answer -> {});
        say(new ClientFrame.Rollback(request, id));
    }

    /** Closes a consumer; what it holds stays held by its id. */
    void detach(int consumer) {
        attached.remove((Integer) consumer);
        int request = nextRequest++;
        requests.put(request, answer -> {});
        say(new ClientFrame.Detach(request, consumer));
    }

    void unsubscribe(String topic, String subscription, String colour) {
        Model.Group group = model.group("t:" + topic + "/" + subscription, colour);
        boolean before = group.vague;
        group.vague = true;
        int request = nextRequest++;
        requests.put(
                request,
                answer -> {
                    if (answer instanceof BrokerFrame.Failed) {
                        group.vague = before;
                    }
                });
        say(new ClientFrame.Unsubscribe(request, subscription));
    }

    /** All that it has asked for has been answered. */
    void checkAnswered() {
        unless(requests.isEmpty(), Invariant.NOTHING_STUCK, "unanswered requests " + requests);
        unless(unanswered.isEmpty(), Invariant.NOTHING_STUCK, "unanswered sends " + unanswered);
        unless(drains.isEmpty(), Invariant.NOTHING_STUCK, "drains without end " + drains);
    }

    private void say(ClientFrame frame) {
        broker.accept(connection, frame);
    }

    // What it hears.

    void hear(BrokerFrame frame, long nowMs) {
        if (frame instanceof BrokerFrame.Deliver deliver) {
            delivered(Delivery.of(deliver), nowMs);
        } else if (frame instanceof BrokerFrame.Confirm confirm) {
            answered(confirm.first(), confirm.last(), Outcome.DONE);
        } else if (frame instanceof BrokerFrame.Refuse refuse) {
            answered(refuse.first(), refuse.last(), Outcome.REFUSED);
        } else if (frame instanceof BrokerFrame.Drained drained) {
            Integer consumer = drains.remove(drained.token());
            unless(
                    consumer != null && consumer == drained.consumerId(),
                    Invariant.NOTHING_STUCK,
                    "a drain ended that nobody asked for: " + drained);
        } else if (frame instanceof BrokerFrame.Done done) {
            requests.remove(done.requestId()).accept(frame);
        } else if (frame instanceof BrokerFrame.Failed failed) {
            requests.remove(failed.requestId()).accept(frame);
        } else if (frame instanceof BrokerFrame.Resolved resolved) {
            requests.remove(resolved.requestId()).accept(frame);
        } else {
            throw new AssertionError("unexpected " + frame);
        }
    }

    private void delivered(Delivery delivery, long nowMs) {
        Holder holder = consumers.get(delivery.consumerId());
        partitionByConsumer.put(delivery.consumerId(), delivery.partition());
        model.delivered(holder, delivery, nowMs);
        if (acceptsAll) {
            settle(delivery.consumerId(), Verb.ACCEPT, List.copyOf(holder.held), false);
        }
    }

    private void answered(long first, long last, Outcome outcome) {
        for (long sequence = first; sequence <= last; sequence++) {
            Letter letter = unanswered.remove(sequence);
            unless(
                    letter != null,
                    Invariant.NOTHING_STUCK,
                    "send " + sequence + " is answered twice");
            letter.outcome = outcome;
        }
    }
}
