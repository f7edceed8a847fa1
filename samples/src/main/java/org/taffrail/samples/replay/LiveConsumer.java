// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.replay;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.Session;

import java.util.List;

/**
 * One of the consumers that compete for the moves and keep the books, as ever. It asks for the
 * position of each message in the log, and remembers that of the first count it sees.
 */
final class LiveConsumer implements AutoCloseable {
    /** Where a message stands in the log of its queue, and when it was put there. */
    record Position(long offset, long appendedMs) {}

    private final Session session;
    private final StockBooks books;
    private final List<String> faults;
    private volatile Position firstCount;

    /**
     * Starts; messages come once the connection is started.
     *
     * @param faults takes what goes wrong, in words; thread-safe
     */
    LiveConsumer(Connection connection, Queue moves, StockBooks books, List<String> faults)
            throws JMSException {
        this.books = books;
        this.faults = faults;
        session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        Queue withPosition = session.createQueue(moves.getQueueName() + "?consumer.position=true");
        session.createConsumer(withPosition).setMessageListener(this::onMove);
    }

    private void onMove(Message message) {
        try {
            StockMove move = StockMove.from(message);
            if (message.getJMSRedelivered()) {
                faults.add(move.name() + " came again to a live consumer");
            }
            if (move.kind() == StockMove.Kind.COUNT && firstCount == null) {
                firstCount =
                        new Position(
                                message.getLongProperty("JMS_TAFFRAIL_OFFSET"),
                                message.getLongProperty("JMS_TAFFRAIL_APPEND_TIME"));
            }
            books.apply(move);
        } catch (JMSException e) {
            faults.add("live consumer: " + e);
        }
    }

    /** Where the first count stood that this consumer got, or null. */
    Position firstCount() {
        return firstCount;
    }

    @Override
    public void close() throws JMSException {
        session.close();
    }
}
