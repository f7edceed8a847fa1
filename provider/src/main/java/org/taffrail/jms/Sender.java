// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.CompletionListener;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageFormatException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.taffrail.jms.message.MessageCodec;
import org.taffrail.jms.message.Outgoing;
import org.taffrail.link.ConnectionOptions;
import org.taffrail.link.Link;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.record.DestinationKind;

import java.util.concurrent.CompletableFuture;

/**
 * Sends the messages of one session's producers.
 *
 * <p>Who waits: a persistent send outside a transaction, until it is durable. Who does not: a
 * non-persistent one, whose refusal is logged and goes to the exception listener; one in a
 * transaction, whose refusal dooms the transaction; one with a completion listener, which hears of
 * it. Options of the connection make all wait or none.
 */
final class Sender {
    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);

    /** A buffer that grew beyond this for one message isn't kept for the next. */
    private static final int KEPT_BYTES_MAX = 1 << 20;

    private static final int BYTES_EXPECTED = 2048;

    private final SessionCore session;
    private final ConnectionCore connection;
    private final boolean neverWaits;
    private final boolean alwaysWaits;
    private final boolean imports;
    private final Replies confirms;
    private final Outgoing outgoing = new Outgoing();
    private ByteSink sink = new ByteSink(BYTES_EXPECTED);

    Sender(SessionCore session) {
        this.session = session;
        this.connection = session.connection();
        ConnectionOptions options = connection.options();
        neverWaits = options.get(ConnectionOptions.FORCE_ASYNC_SEND);
        alwaysWaits = options.get(ConnectionOptions.FORCE_SYNC_SEND);
        imports = options.get(ConnectionOptions.IMPORT);
        if (options.get(ConnectionOptions.POPULATE_USER_ID)) {
            outgoing.userId(options.get(ConnectionOptions.USERNAME));
        }
        outgoing.applicationId(options.get(ConnectionOptions.APPLICATION_ID));
        if (options.get(ConnectionOptions.USE_COMPRESSION)) {
            outgoing.compressed(
                    options.get(ConnectionOptions.COMPRESSION_MIN_BYTES),
                    connection.messageBytesMax());
        }
        confirms = connection.replies(options.get(ConnectionOptions.SEND_TIMEOUT_MS));
    }

    /**
     * Sends a message.
     *
     * @param producer whose message it is, for the order of completions
     * @param destination where to
     * @param message of this provider or any other
     * @param options how
     * @param completion who hears of the outcome; null if the caller waits where waiting is due
     * @throws MessageFormatException if the message is null
     * @throws InvalidDestinationException if the destination does not exist
     */
    void send(
            Object producer,
            TaffrailDestination destination,
            Message message,
            SendOptions options,
            CompletionListener completion)
            throws JMSException {
        if (message == null) {
            throw new MessageFormatException("the message is null");
        }
        Link.Target target = connection.targets().of(destination);
        long transaction = session.work() == null ? 0 : session.work().current();
        Outcome outcome = new Outcome(transaction, destination);
        if (completion != null) {
            outcome.then = session.completions().begin(producer, completion, message);
        } else if (waits(transaction, options)) {
            outcome.reply = new CompletableFuture<>();
        }
        try {
            handOver(target, message, options, outcome);
        } catch (JMSException | RuntimeException e) {
            if (completion != null) {
                session.completions().abandon(producer);
            }
            throw e;
        }
        if (outcome.reply != null) {
            awaitReply(outcome);
        }
    }

    /** Waits for the answer to a send; one that has failed here must not be sent again later. */
    private void awaitReply(Outcome outcome) throws JMSException {
        try {
            confirms.await(outcome.reply);
        } catch (JMSException e) {
            session.link().abandon(outcome);
            throw e;
        }
    }

    private boolean waits(long transaction, SendOptions options) {
        return alwaysWaits || transaction == 0 && options.isPersistent() && !neverWaits;
    }

    private synchronized void handOver(
            Link.Target target, Message message, SendOptions options, Outcome outcome)
            throws JMSException {
        long nowMs = WallClock.nowMs();
        outgoing.partition(target.partition())
                .sent(nowMs)
                .timestampDisabled(options.isTimestampDisabled())
                .deliveryMode(options.deliveryMode())
                .priority(options.priority())
                .expiration(options.expirationMs(nowMs))
                .deliveryTime(options.deliveryTimeMs(nowMs))
                .clientId(clientIdFor(target.kind()));
        if (options.isIdDisabled()) {
            outgoing.id(0, 0);
        } else {
            outgoing.id(connection.messageIds().high(), connection.messageIds().nextLow());
        }
        if (imports) {
            outgoing.keep(message);
        }
        MessageCodec.encode(message, outgoing, sink);
        outgoing.applyTo(message, outcome.destination);
        try {
            session.link().send(outcome.transaction, sink, outcome);
        } catch (WireException e) {
            throw JmsErrors.of(e);
        } finally {
            if (sink.array().length > KEPT_BYTES_MAX) {
                sink = new ByteSink(BYTES_EXPECTED);
            }
        }
    }

    /** The client id matters to topics alone, for noLocal. */
    private String clientIdFor(DestinationKind kind) {
        return kind.isQueue() ? null : connection.clientId();
    }

    /** Hears what became of one send, on the link's thread. */
    private final class Outcome implements Link.SendListener {
        private final long transaction;
        private final TaffrailDestination destination;
        private CompletableFuture<Void> reply;
        private Link.SendListener then;

        private Outcome(long transaction, TaffrailDestination destination) {
            this.transaction = transaction;
            this.destination = destination;
        }

        @Override
        public void completed(Throwable failure) {
            if (failure != null) {
                refused(failure);
            }
            if (then != null) {
                then.completed(failure);
            }
            if (reply != null && failure == null) {
                reply.complete(null);
            } else if (reply != null) {
                reply.completeExceptionally(failure);
            }
        }

        @Override
        public boolean isAwaited() {
            return reply != null;
        }

        private void refused(Throwable failure) {
            if (failure instanceof WireException refusal
                    && refusal.code() == ErrorCode.NO_SUCH_DESTINATION) {
                connection.targets().forget(destination);
            }
            if (transaction != 0) {
                session.work().doom(transaction, failure);
            } else if (then == null && reply == null && !connection.tellsOfLoss(failure)) {
                LOG.warn(
                        "destination={} a send was refused: {}", destination, failure.getMessage());
                connection.report(failure);
            }
        }
    }
}
