// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.replay;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;

import org.taffrail.samples.report.Narrator;

import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.naming.Context;
import javax.naming.NamingException;

/**
 * Two days at a warehouse. On the first the consumers that keep its books take returned goods off
 * instead of adding them. On the second they are right again, but the books still are not. So the
 * queue is read once more from the morning's count on, while it is in use, and new books are made
 * of that; and the returns of one item are looked up, to see what went wrong.
 *
 * <p>For that the broker must keep what was consumed: {@code queue.stockMoves.retention.timeMs}.
 */
public final class WarehouseDay {
    /** The least number of moves a day. */
    public static final int MOVES_MIN = 20;

    /** The largest number of moves a day. */
    public static final int MOVES_MAX = 1_000_000;

    /** The number of moves a day if nothing else is said. */
    public static final int MOVES = 2_000;

    private static final List<String> ITEMS = List.of("anchor", "buoy", "lantern", "rope");
    private static final String TRACED = "rope";
    private static final int COUNTED = 10_000;
    private static final int CONSUMERS = 3;
    private static final long WAIT_MS = 30_000;

    private final ConnectionFactory factory;
    private final Queue queue;
    private final int movesADay;
    private final Narrator narrator;
    private final String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private int named;

    /**
     * Looks up what is needed.
     *
     * @param jndi where {@code ConnectionFactory} and {@code stockMoves} are bound
     * @param movesADay how many, {@value #MOVES_MIN} to {@value #MOVES_MAX}
     * @param out where to tell what happens
     * @throws NamingException if a name is not bound
     * @throws IllegalArgumentException if the number of moves is out of bounds
     */
    public WarehouseDay(Context jndi, int movesADay, PrintStream out) throws NamingException {
        if (movesADay < MOVES_MIN || movesADay > MOVES_MAX) {
            throw new IllegalArgumentException(
                    "moves is " + movesADay + ", not in " + MOVES_MIN + ".." + MOVES_MAX);
        }
        this.factory = (ConnectionFactory) jndi.lookup("ConnectionFactory");
        this.queue = (Queue) jndi.lookup("stockMoves");
        this.movesADay = movesADay;
        this.narrator = new Narrator(out);
    }

    /**
     * Runs it. To be called once.
     *
     * @return what became of it; {@link ReplaySummary#problems()} is empty if all went well
     * @throws JMSException if the provider fails
     * @throws InterruptedException if the caller is interrupted
     */
    public ReplaySummary run() throws JMSException, InterruptedException {
        try (Connection connection = factory.createConnection()) {
            connection.start();
            narrator.introduce("The warehouse", connection.getMetaData());
            int leftovers = drain(connection);
            narrator.say("leftovers", "%d", leftovers);
            List<StockMove> counts = counts();
            List<StockMove> yesterday = moves();
            List<StockMove> today = moves();
            List<StockMove> all = new ArrayList<>(counts);
            all.addAll(yesterday);

            StockBooks wrong = new StockBooks(true);
            LiveConsumer.Position morning = firstDay(connection, counts, yesterday, wrong);
            narrator.say(
                    "first day",
                    "%d moves; the books say %s, the shelf has %s",
                    yesterday.size(),
                    wrong.levels(),
                    shelf(all));

            StockBooks rebuilt = new StockBooks(false);
            StockBooks live = new StockBooks(false);
            all.addAll(today);
            secondDay(connection, today, live, morning, rebuilt);
            narrator.say(
                    "rebuilt",
                    "read %d messages again from %s on, while the live consumers took %d new ones",
                    rebuilt.applied(),
                    Instant.ofEpochMilli(morning.appendedMs()),
                    live.applied());

            ReplaySummary.Traced traced = trace(connection, morning, all);
            narrator.say(
                    "traced",
                    "%d returns of %s from offset %d on, by a selector",
                    traced.found().size(),
                    TRACED,
                    morning.offset());
            ReplaySummary.Counts counted =
                    new ReplaySummary.Counts(
                            all.size(),
                            wrong.applied() + live.applied(),
                            wrong.appliedTwice() + live.appliedTwice(),
                            rebuilt.applied(),
                            rebuilt.appliedTwice(),
                            drain(connection));
            ReplaySummary day =
                    new ReplaySummary(
                            shelf(all),
                            wrong.levels(),
                            rebuilt.levels(),
                            counted,
                            traced,
                            List.copyOf(faults));
            narrator.verdict(
                    day.problems(), "the books are right, and no live consumer has noticed");
            return day;
        }
    }

    /** What there really is: the same moves, without a queue between. */
    private static Map<String, Integer> shelf(List<StockMove> moves) {
        StockBooks shelf = new StockBooks(false);
        moves.forEach(shelf::apply);
        return shelf.levels();
    }

    private List<StockMove> counts() {
        return ITEMS.stream()
                .map(item -> new StockMove(nextName(), StockMove.Kind.COUNT, item, COUNTED))
                .toList();
    }

    private List<StockMove> moves() {
        List<StockMove> moves = new ArrayList<>();
        StockMove.Kind[] kinds = {
            StockMove.Kind.SALE,
            StockMove.Kind.DELIVERY,
            StockMove.Kind.SALE,
            StockMove.Kind.RETURN,
            StockMove.Kind.SALE
        };
        for (int i = 0; i < movesADay; i++) {
            moves.add(
                    new StockMove(
                            nextName(),
                            kinds[i % kinds.length],
                            ITEMS.get(i % ITEMS.size()),
                            1 + i % 7));
        }
        return moves;
    }

    private String nextName() {
        named++;
        return run + "-" + named;
    }

    /** The consumers keep the wrong books; returns where the morning's count stands in the log. */
    private LiveConsumer.Position firstDay(
            Connection connection, List<StockMove> counts, List<StockMove> moves, StockBooks books)
            throws JMSException, InterruptedException {
        List<LiveConsumer> consumers = hire(connection, books);
        send(connection, counts);
        awaitApplied(books, counts.size());
        send(connection, moves);
        awaitApplied(books, counts.size() + moves.size());
        for (LiveConsumer consumer : consumers) {
            consumer.close();
        }
        return consumers.stream()
                .map(LiveConsumer::firstCount)
                .filter(Objects::nonNull)
                .reduce((one, other) -> one.offset() < other.offset() ? one : other)
                .orElse(new LiveConsumer.Position(0, 0));
    }

    /** The queue is in use and is read again, both at once. */
    private void secondDay(
            Connection connection,
            List<StockMove> moves,
            StockBooks live,
            LiveConsumer.Position morning,
            StockBooks rebuilt)
            throws JMSException, InterruptedException {
        List<LiveConsumer> consumers = hire(connection, live);
        Thread business =
                new Thread(
                        () -> {
                            try {
                                send(connection, moves);
                            } catch (JMSException e) {
                                faults.add("business: " + e);
                            }
                        },
                        "warehouse-business");
        business.setDaemon(true);
        business.start();
        String lastOfToday = moves.get(moves.size() - 1).name();
        rebuild(connection, Instant.ofEpochMilli(morning.appendedMs()), rebuilt, lastOfToday);
        business.join(WAIT_MS);
        awaitApplied(live, moves.size());
        for (LiveConsumer consumer : consumers) {
            consumer.close();
        }
    }

    private List<LiveConsumer> hire(Connection connection, StockBooks books) throws JMSException {
        List<LiveConsumer> consumers = new ArrayList<>();
        for (int i = 0; i < CONSUMERS; i++) {
            consumers.add(new LiveConsumer(connection, queue, books, faults));
        }
        return consumers;
    }

    private void awaitApplied(StockBooks books, int moves) throws InterruptedException {
        if (!books.await(moves, WAIT_MS)) {
            faults.add("waited " + WAIT_MS + " ms in vain for the live consumers");
        }
    }

    /** Makes new books of what was sent since a time, up to a move of a name. */
    private void rebuild(Connection connection, Instant since, StockBooks books, String last)
            throws JMSException {
        try (Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
                MessageConsumer replay =
                        session.createConsumer(
                                session.createQueue(queue.getQueueName() + "?start=" + since))) {
            for (Message message = replay.receive(WAIT_MS);
                    message != null;
                    message = replay.receive(WAIT_MS)) {
                StockMove move = StockMove.from(message);
                if (!move.name().startsWith(run + "-")) {
                    continue; // of an earlier run, in the same millisecond
                }
                if (books.applied() == 0 && move.kind() != StockMove.Kind.COUNT) {
                    break;
                }
                books.apply(move);
                if (move.name().equals(last)) {
                    return;
                }
            }
            faults.add(
                    "what was consumed is not kept: start the broker with --set queue."
                            + queue.getQueueName()
                            + ".retention.timeMs=7d");
        }
    }

    /** Finds all returns of one item since an offset. */
    private ReplaySummary.Traced trace(
            Connection connection, LiveConsumer.Position since, List<StockMove> all)
            throws JMSException {
        List<String> expected =
                all.stream()
                        .filter(move -> move.kind() == StockMove.Kind.RETURN)
                        .filter(move -> move.item().equals(TRACED))
                        .map(StockMove::name)
                        .toList();
        List<String> found = new ArrayList<>();
        try (Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
                MessageConsumer search =
                        session.createConsumer(
                                session.createQueue(
                                        queue.getQueueName() + "?start=" + since.offset()),
                                "kind = 'RETURN' AND item = '" + TRACED + "'")) {
            for (Message message = search.receiveNoWait();
                    message != null;
                    message = search.receiveNoWait()) {
                found.add(message.getStringProperty(StockMove.NAME));
            }
        }
        return new ReplaySummary.Traced(expected, found);
    }

    private void send(Connection connection, List<StockMove> moves) throws JMSException {
        try (Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
                MessageProducer producer = session.createProducer(queue)) {
            for (StockMove move : moves) {
                producer.send(move.toMessage(session));
            }
        }
    }

    /** Takes what there is on the queue; returns how much that was. */
    private int drain(Connection connection) throws JMSException {
        int drained = 0;
        try (Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
                MessageConsumer consumer = session.createConsumer(queue)) {
            while (consumer.receiveNoWait() != null) {
                drained++;
            }
        }
        return drained;
    }
}
