// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.load;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TransactionRolledBackException;

import org.awaitility.Awaitility;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * An application under way: workers that send and receive in every acknowledgement mode, connect
 * again whenever the connection breaks, and write what they are told into a {@link Ledger}.
 */
public final class Load {
    private static final String ID = "load_id";
    private static final String PRODUCER = "load_producer";
    private static final String NUMBER = "load_number";
    private static final String PRIORITY = "load_priority";
    private static final String ORIGIN_SUBSCRIPTION = "JMS_TAFFRAIL_ORIGIN_SUBSCRIPTION";
    private static final String TOPIC = "news";
    private static final List<String> SUBSCRIPTIONS = List.of("first", "second");
    private static final long RECEIVE_MS = 50;
    private static final int DELAY_MS_MAX = 400;
    private static final Duration PROGRESS_MAX = Duration.ofSeconds(180);
    private static final long STOP_MS = 60_000;

    /** More than a frame: goes in parts. */
    private static final int LARGE = 3 << 20;

    private final Supplier<ConnectionFactory> factory;
    private final Runnable awaitServing;
    private final Ledger ledger;
    private final long seed;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger nextWorker = new AtomicInteger();
    private volatile boolean stopping;
    private volatile Throwable defect;

    /** One go of a worker on a fresh session, until the connection breaks or it is told to stop. */
    private interface Work {
        void run(Worker worker, Session session) throws JMSException;
    }

    /** One thread with its own connection. */
    private final class Worker implements Runnable {
        final String name;
        final Random random;
        final int mode;
        final Work work;
        int sent;

        Worker(String name, int mode, Work work) {
            this.name = name;
            this.mode = mode;
            this.work = work;
            this.random = new Random(seed * 31 + nextWorker.getAndIncrement());
        }

        @Override
        public void run() {
            while (!stopping && defect == null) {
                try (Connection connection = factory.get().createConnection()) {
                    connection.start();
                    Session session =
                            connection.createSession(mode == Session.SESSION_TRANSACTED, mode);
                    while (!stopping) {
                        runOn(session);
                    }
                } catch (JMSException e) {
                    awaitServing.run();
                } catch (RuntimeException | Error e) {
                    defect = e;
                }
            }
        }

        /** A connection that goes on after a loss has only rolled its transaction back. */
        private void runOn(Session session) throws JMSException {
            try {
                work.run(this, session);
            } catch (TransactionRolledBackException e) {
                session.rollback();
            }
        }

        Message message(Session session, String id, int number) throws JMSException {
            int length = random.nextInt(100) == 0 ? LARGE : random.nextInt(2000);
            Message message = session.createTextMessage("x".repeat(length));
            message.setStringProperty(ID, id);
            message.setStringProperty(PRODUCER, name);
            message.setIntProperty(NUMBER, number);
            return message;
        }
    }

    /**
     * Makes a load.
     *
     * @param factory connects to the broker
     * @param awaitServing waits until the broker may serve again; called when a connection is lost
     * @param ledger hears what the workers are told
     * @param seed of the workers' choices
     */
    public Load(
            Supplier<ConnectionFactory> factory, Runnable awaitServing, Ledger ledger, long seed) {
        this.factory = factory;
        this.awaitServing = awaitServing;
        this.ledger = ledger;
        this.seed = seed;
    }

    /** Starts the workers. */
    public void start() {
        start("plain-1", Session.AUTO_ACKNOWLEDGE, Load::sendOne);
        start("plain-2", Session.AUTO_ACKNOWLEDGE, Load::sendOne);
        start("batch", Session.SESSION_TRANSACTED, Load::sendBatch);
        start("auto", Session.AUTO_ACKNOWLEDGE, Load::receiveAuto);
        start("client", Session.CLIENT_ACKNOWLEDGE, Load::receiveAndAcknowledge);
        start("forward", Session.SESSION_TRANSACTED, Load::forward);
        start("publisher", Session.SESSION_TRANSACTED, Load::publish);
        start("unwaiting", Session.AUTO_ACKNOWLEDGE, Load::sendWithoutWaiting);
        start("later", Session.AUTO_ACKNOWLEDGE, Load::sendLater);
        start("subscriber", Session.CLIENT_ACKNOWLEDGE, Load::receivePublished);
    }

    /**
     * Makes the subscriptions; what is published from now on is for them.
     *
     * @throws JMSException if the broker can't be reached
     */
    public void subscribe() throws JMSException {
        try (Connection connection = factory.get().createConnection()) {
            Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            for (String name : SUBSCRIPTIONS) {
                session.createSharedDurableConsumer(session.createTopic(TOPIC), name).close();
            }
        }
    }

    /** A message that is published is one of its own for each subscription. */
    private static String copy(String id, String subscription) {
        return id + "@" + subscription;
    }

    private void start(String name, int mode, StaticWork work) {
        Worker worker = new Worker(name, mode, (self, session) -> work.run(this, self, session));
        Thread thread = new Thread(worker, "load-" + name);
        threads.add(thread);
        thread.start();
    }

    private interface StaticWork {
        void run(Load load, Worker worker, Session session) throws JMSException;
    }

    /**
     * Tells the workers to stop, and waits until they have.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    public void stop() throws InterruptedException {
        stopping = true;
        for (Thread thread : threads) {
            thread.join(STOP_MS);
            if (thread.isAlive()) {
                throw new AssertionError(thread.getName() + " does not end");
            }
        }
        checkSound();
    }

    /**
     * Waits until the workers have been told something more, so that every life of a connection or
     * a broker is a working one.
     *
     * @param operations how many sends and transactions more are to succeed
     */
    public void awaitProgress(int operations) {
        long before = ledger.acknowledged();
        Awaitility.await()
                .atMost(PROGRESS_MAX)
                .pollInterval(Duration.ofMillis(1))
                .until(
                        () -> {
                            checkSound();
                            return ledger.acknowledged() >= before + operations;
                        });
    }

    /** A worker ends only when it is told to. */
    private void checkSound() {
        if (defect != null) {
            throw new AssertionError("a worker failed", defect);
        }
    }

    private void sendOne(Worker worker, Session session) throws JMSException {
        try (MessageProducer producer = session.createProducer(session.createQueue("work"))) {
            for (int i = 0; i < 20 && !stopping; i++) {
                int number = worker.sent++;
                String id = worker.name + "-" + number;
                Ledger.Outcome outcome = Ledger.Outcome.IN_DOUBT;
                try {
                    producer.send(worker.message(session, id, number));
                    outcome = Ledger.Outcome.DONE;
                } finally {
                    ledger.ended(List.of(id), null, outcome);
                }
            }
        }
    }

    private void sendWithoutWaiting(Worker worker, Session session) throws JMSException {
        LaterAnswers answers = new LaterAnswers(ledger, ID);
        try (MessageProducer producer = session.createProducer(session.createQueue("more"))) {
            for (int i = 0; i < 20 && !stopping; i++) {
                int number = worker.sent++;
                String id = worker.name + "-" + number;
                answers.send(producer, worker.message(session, id, number));
            }
        } finally {
            answers.checkAll();
        }
    }

    private void sendBatch(Worker worker, Session session) throws JMSException {
        List<String> ids = new ArrayList<>();
        Ledger.Outcome outcome = Ledger.Outcome.UNDONE;
        try (MessageProducer producer = session.createProducer(null)) {
            int count = 1 + worker.random.nextInt(8);
            for (int i = 0; i < count; i++) {
                int number = worker.sent++;
                String id = worker.name + "-" + number;
                ids.add(id);
                String queue = queue(worker.random);
                producer.send(session.createQueue(queue), worker.message(session, id, number));
            }
            if (worker.random.nextInt(5) == 0) {
                session.rollback();
            } else {
                outcome = Ledger.Outcome.IN_DOUBT;
                session.commit();
                outcome = Ledger.Outcome.DONE;
            }
        } catch (TransactionRolledBackException e) {
            outcome = Ledger.Outcome.UNDONE;
            throw e;
        } finally {
            ledger.ended(ids, null, outcome);
        }
    }

    /** Some messages stay until the end, while the journal they are in goes. */
    private static String queue(Random random) {
        if (random.nextInt(10) == 0) {
            return "kept";
        }
        return random.nextBoolean() ? "work" : "more";
    }

    private void publish(Worker worker, Session session) throws JMSException {
        List<String> ids = new ArrayList<>();
        Ledger.Outcome outcome = Ledger.Outcome.UNDONE;
        try (MessageProducer producer = session.createProducer(session.createTopic(TOPIC))) {
            for (int i = worker.random.nextInt(3); i >= 0; i--) {
                int number = worker.sent++;
                String id = worker.name + "-" + number;
                SUBSCRIPTIONS.forEach(name -> ids.add(copy(id, name)));
                producer.send(worker.message(session, id, number));
            }
            outcome = Ledger.Outcome.IN_DOUBT;
            session.commit();
            outcome = Ledger.Outcome.DONE;
        } catch (TransactionRolledBackException e) {
            outcome = Ledger.Outcome.UNDONE;
            throw e;
        } finally {
            ledger.ended(ids, null, outcome);
        }
    }

    /** Sends with priorities and delays. */
    private void sendLater(Worker worker, Session session) throws JMSException {
        try (MessageProducer producer = session.createProducer(session.createQueue("more"))) {
            for (int i = 0; i < 10 && !stopping; i++) {
                int number = worker.sent++;
                String id = worker.name + "-" + number;
                Ledger.Outcome outcome = Ledger.Outcome.IN_DOUBT;
                try {
                    Message message = worker.message(session, id, number);
                    int priority = worker.random.nextInt(10);
                    message.setIntProperty(PRIORITY, priority);
                    producer.setPriority(priority);
                    producer.setDeliveryDelay(worker.random.nextInt(DELAY_MS_MAX));
                    producer.send(message);
                    outcome = Ledger.Outcome.DONE;
                } finally {
                    ledger.ended(List.of(id), null, outcome);
                }
            }
        }
    }

    /** Takes from one subscription; what the other has stays until the end. */
    private void receivePublished(Worker worker, Session session) throws JMSException {
        String name = SUBSCRIPTIONS.get(0);
        try (MessageConsumer consumer =
                session.createSharedDurableConsumer(session.createTopic(TOPIC), name)) {
            for (int i = 0; i < 100 && !stopping; i++) {
                Message message = consumer.receive(RECEIVE_MS);
                if (message != null) {
                    String id = note(message, copy(message.getStringProperty(ID), name), true);
                    message.acknowledge();
                    ledger.settled(id);
                }
            }
        }
    }

    private void receiveAuto(Worker worker, Session session) throws JMSException {
        try (MessageConsumer consumer = session.createConsumer(session.createQueue("work"))) {
            for (int i = 0; i < 100 && !stopping; i++) {
                note(consumer.receive(RECEIVE_MS));
            }
        }
    }

    private void receiveAndAcknowledge(Worker worker, Session session) throws JMSException {
        try (MessageConsumer consumer = session.createConsumer(session.createQueue("more"))) {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 100 && !stopping; i++) {
                Message message = consumer.receive(RECEIVE_MS);
                String id = note(message);
                if (id == null) {
                    continue;
                }
                ids.add(id);
                if (worker.random.nextInt(6) == 0) {
                    session.recover();
                    ids.clear();
                } else if (worker.random.nextInt(3) == 0) {
                    message.acknowledge();
                    ids.forEach(ledger::settled);
                    ids.clear();
                }
            }
            session.recover();
        }
    }

    private void forward(Worker worker, Session session) throws JMSException {
        try (MessageConsumer consumer = session.createConsumer(session.createQueue("work"));
                MessageProducer producer = session.createProducer(session.createQueue("done"))) {
            for (int i = 0; i < 50 && !stopping; i++) {
                String consumed = note(consumer.receive(RECEIVE_MS));
                if (consumed != null) {
                    forwardOne(worker, session, producer, consumed);
                }
            }
        }
    }

    private void forwardOne(
            Worker worker, Session session, MessageProducer producer, String consumed)
            throws JMSException {
        int number = worker.sent++;
        String id = worker.name + "-" + number;
        Ledger.Outcome outcome = Ledger.Outcome.UNDONE;
        try {
            producer.send(worker.message(session, id, number));
            if (worker.random.nextInt(8) == 0) {
                session.rollback();
            } else {
                outcome = Ledger.Outcome.IN_DOUBT;
                session.commit();
                outcome = Ledger.Outcome.DONE;
            }
        } catch (TransactionRolledBackException e) {
            outcome = Ledger.Outcome.UNDONE;
            throw e;
        } finally {
            ledger.ended(List.of(id), consumed, outcome);
        }
    }

    /**
     * Receives all that is left, until nothing has come for a while.
     *
     * @param quietMs how long
     * @throws JMSException if the connection is lost
     */
    public void drain(long quietMs) throws JMSException {
        try (Connection connection = factory.get().createConnection()) {
            connection.start();
            Session session = connection.createSession(false, Session.CLIENT_ACKNOWLEDGE);
            List<String> queues =
                    List.of("work", "more", "done", "kept", "DLQ.work", "DLQ.more", "DLQ.news");
            for (String queue : queues) {
                try (MessageConsumer consumer =
                        session.createConsumer(session.createQueue(queue))) {
                    drain(consumer, quietMs, queue);
                }
            }
            for (String name : SUBSCRIPTIONS) {
                try (MessageConsumer consumer =
                        session.createSharedDurableConsumer(session.createTopic(TOPIC), name)) {
                    drain(consumer, quietMs, name);
                }
            }
        }
    }

    private void drain(MessageConsumer consumer, long quietMs, String from) throws JMSException {
        boolean published = SUBSCRIPTIONS.contains(from);
        Message message = consumer.receive(quietMs);
        while (message != null) {
            String id = message.getStringProperty(ID);
            if (from.equals("DLQ." + TOPIC)) {
                id = copy(id, message.getStringProperty(ORIGIN_SUBSCRIPTION));
            }
            note(message, published ? copy(id, from) : id, !from.startsWith("DLQ."));
            message.acknowledge();
            ledger.settled(published ? copy(id, from) : id);
            message = consumer.receive(quietMs);
        }
    }

    private String note(Message message) throws JMSException {
        return message == null ? null : note(message, message.getStringProperty(ID), true);
    }

    private String note(Message message, String id, boolean samePlace) throws JMSException {
        long early = message.getJMSDeliveryTime() - System.currentTimeMillis();
        if (early > 0) {
            ledger.violated("DeliveredAsAsked: " + id + " came " + early + " ms too early");
        }
        if (message.propertyExists(PRIORITY)
                && message.getIntProperty(PRIORITY) != message.getJMSPriority()) {
            ledger.violated("DeliveredAsAsked: " + id + " has another priority");
        }
        ledger.received(
                id,
                message.getJMSMessageID(),
                message.getJMSRedelivered() || !samePlace,
                samePlace ? message.getIntProperty("JMSXDeliveryCount") : 2);
        return id;
    }
}
