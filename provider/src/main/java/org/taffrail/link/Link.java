// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.Fields;
import org.taffrail.wire.record.DestinationKind;

import java.util.concurrent.CompletableFuture;

/**
 * A connection to a broker, as the Jakarta Messaging objects above see it: what any link promises,
 * whether it goes over a socket, to a broker in this JVM, or to the next broker of a list.
 *
 * <p>All methods may be called from any thread. Requests are sent in the order of the calls and
 * answered through futures, which fail with {@link org.taffrail.wire.WireException}. Futures and
 * listeners are completed and called on the link's own thread, or on one that was lent to it, one
 * at a time: who is called there must not block nor call back into a method that waits. When the
 * link is lost all open futures fail with {@link org.taffrail.wire.ErrorCode#CONNECTION_LOST}.
 */
public interface Link extends AutoCloseable {
    /**
     * What the broker said at the opening.
     *
     * @param messageBytesMax the largest message that the broker takes, with its header and
     *     properties
     * @param serverTimeMs the broker's clock at the opening, ms since 1970
     * @param product name and version of the broker
     */
    record Peer(int messageBytesMax, long serverTimeMs, String product) {}

    /**
     * A destination and where its messages go.
     *
     * @param partition the id of its partition
     * @param kind its kind
     * @param name its name
     */
    record Target(long partition, DestinationKind kind, String name) {}

    /**
     * What a consumer takes from; see {@link ClientFrame.Attach} for each part.
     *
     * @param consumerId chosen by the caller, unique on the link
     * @param source the kind of consumer
     * @param kind the destination's kind
     * @param destination the destination's name
     * @param subscription the subscription's name or null
     * @param selector the selector or null
     * @param noLocal whether the connection's own messages are left out
     * @param start where a new side group or subscription starts, or null
     * @param exclusive whether it wants all messages for itself
     * @param timed whether each delivery is to tell when its message was appended
     */
    record ConsumerSpec(
            int consumerId,
            ClientFrame.Source source,
            DestinationKind kind,
            String destination,
            String subscription,
            String selector,
            boolean noLocal,
            String start,
            boolean exclusive,
            boolean timed) {
        /**
         * Returns the same for a consumer with another id.
         *
         * @param newConsumerId the id
         * @return all else as it is
         */
        public ConsumerSpec withConsumerId(int newConsumerId) {
            return new ConsumerSpec(
                    newConsumerId,
                    source,
                    kind,
                    destination,
                    subscription,
                    selector,
                    noLocal,
                    start,
                    exclusive,
                    timed);
        }
    }

    /** Hears of deliveries to one consumer, on the link's thread. */
    interface ConsumerListener {
        /**
         * Takes a message, which the consumer now holds.
         *
         * @param delivery the message; its bytes are the listener's to keep
         */
        void delivered(Delivery delivery);

        /**
         * Hears that the broker has ended the consumer, or that the link is lost.
         *
         * @param cause why
         */
        void closed(Throwable cause);
    }

    /**
     * One message as it was delivered.
     *
     * @param consumerId by whose id it is settled; where a link goes on after a loss that is
     *     another one than the consumer was made with
     * @param partition the partition that it stands in
     * @param offset its offset
     * @param count JMSXDeliveryCount, at least 1
     * @param redelivered JMSRedelivered
     * @param appendTimeMs when it was appended, ms since 1970; 0 where nobody asked
     * @param record the record's bytes, from index 0
     */
    record Delivery(
            int consumerId,
            long partition,
            long offset,
            int count,
            boolean redelivered,
            long appendTimeMs,
            byte[] record) {}

    /**
     * Hears what became of one send. Called once, on the link's thread, in the order of the sends.
     */
    interface SendListener {
        /**
         * Hears the outcome.
         *
         * @param failure null where the send is confirmed (durable if persistent; inside a
         *     transaction: taken), else why not
         */
        void completed(Throwable failure);

        /**
         * Tells whether somebody calls {@link Link#lend} right after the send, to wait for its
         * outcome: it need not leave before.
         *
         * @return false where nobody does
         */
        default boolean isAwaited() {
            return false;
        }
    }

    /** Hears of the link as a whole. */
    interface Listener {
        /**
         * Hears that the connection is lost and the link tries to go on. What consumers were
         * delivered and have not settled comes again; transactions that have not been committed are
         * rolled back; no credit that was given counts any more. Nothing is delivered before {@link
         * #restored}.
         *
         * @param cause why
         */
        default void interrupted(Throwable cause) {}

        /**
         * Hears that the link goes on: consumers are there again, and wait for credit.
         *
         * @param peer what the broker said now
         */
        default void restored(Peer peer) {}

        /**
         * Hears, once, that the link is lost without {@link Link#close()} having been called.
         *
         * @param cause why
         */
        void lost(Throwable cause);
    }

    /**
     * Connects and authenticates. Call it once, before anything else.
     *
     * @return what the broker said
     */
    CompletableFuture<Peer> open();

    /**
     * Asks where the messages of a destination go; makes the destination where the broker allows
     * it.
     *
     * @param kind {@link DestinationKind#QUEUE}, {@link DestinationKind#TOPIC} or, for one that
     *     exists, a temporary kind
     * @param name its name
     * @return where
     */
    CompletableFuture<Target> resolve(DestinationKind kind, String name);

    /**
     * Makes a temporary destination that dies with this link.
     *
     * @param kind one of the temporary kinds
     * @return where, with the name the broker gave it
     */
    CompletableFuture<Target> createTemporary(DestinationKind kind);

    /**
     * Ends a temporary destination.
     *
     * @param name its name
     * @return when it is done
     */
    CompletableFuture<Void> deleteTemporary(String name);

    /**
     * Tells whether the outcome of a commit is learnt even where the connection is lost meanwhile.
     *
     * @return false where such a commit fails with {@link
     *     org.taffrail.wire.ErrorCode#CONNECTION_LOST}, its outcome unknown
     */
    default boolean learnsOutcomes() {
        return false;
    }

    /**
     * Says that {@link #close} will be called soon: a link that tries to go on after a loss does so
     * no longer than its close timeout from now on.
     */
    default void closing() {}

    /**
     * Sends one run that {@link org.taffrail.wire.record.RunLayout} describes. The link fills in
     * producer and sequence. A lone record that is larger than a frame goes in parts, and as a
     * whole or not at all. Blocks the caller while the window of unanswered sends is full, at most
     * for the link's send timeout. The sink may be reused once the call returns.
     *
     * @param transactionId 0 outside a transaction
     * @param run a sink that holds exactly one complete run, from index 0, with its partition
     * @param listener hears the outcome
     * @throws org.taffrail.wire.WireException with {@link org.taffrail.wire.ErrorCode#TIMEOUT} if
     *     the window stays full, {@link org.taffrail.wire.ErrorCode#CONNECTION_LOST} if the link is
     *     lost, {@link org.taffrail.wire.ErrorCode#MESSAGE_TOO_LARGE} over the limit; then the
     *     listener is not called and nothing was sent
     */
    void send(long transactionId, ByteSink run, SendListener listener);

    /**
     * Gives up a send that was not answered in time: a link that goes on after a loss does not send
     * it again. What has left already may still take effect.
     *
     * @param listener the one that was given to {@link #send}
     */
    default void abandon(SendListener listener) {}

    /**
     * Lends the caller's thread to the link while the caller waits for an answer or a delivery:
     * what comes is read and handled by it, as far as that helps. Returns when the wait is over, or
     * earlier: then the caller waits once more. Never call it under a lock that a listener of the
     * link takes.
     *
     * @param awaited what the caller waits for
     * @param timeoutNs how long at most
     * @throws InterruptedException if the thread is interrupted; it may also return with its flag
     *     set
     */
    default void lend(Awaited awaited, long timeoutNs) throws InterruptedException {
        awaited.block(timeoutNs);
    }

    /** Has a thread that is lent look whether its wait is over. */
    default void wake() {}

    /**
     * Makes a consumer, which gets nothing before {@link #credit}.
     *
     * @param spec what it takes from
     * @param listener hears its deliveries
     * @return when it is made
     */
    CompletableFuture<Void> attach(ConsumerSpec spec, ConsumerListener listener);

    /**
     * Gives a consumer credit.
     *
     * @param consumerId the consumer
     * @param messages how many messages more, 0 or more
     * @param bytes how many bytes more, 0 or more
     * @param reset whether unused credit is forgotten first
     */
    void credit(int consumerId, int messages, int bytes, boolean reset);

    /**
     * Gives a consumer credit for what can be delivered now and takes back what is left. All
     * deliveries it causes come before the future completes.
     *
     * @param consumerId the consumer
     * @param messages how many messages more, 0 or more
     * @param bytes how many bytes more, 0 or more
     * @return when the broker has nothing more to deliver now, or the credit is used up
     */
    CompletableFuture<Void> drain(int consumerId, int messages, int bytes);

    /**
     * Settles messages that a consumer holds.
     *
     * @param transactionId 0, or the transaction with which {@link ClientFrame.Verb#ACCEPT} takes
     *     effect
     * @param consumerId the consumer, also one that is detached but holds messages
     * @param verb what becomes of them
     * @param partition their partition
     * @param ranges first and last offset of each range, in turn
     * @param confirmed whether the caller wants to know when it is durable
     * @return when it is durable; already complete where {@code confirmed} is false
     */
    CompletableFuture<Void> settle(
            long transactionId,
            int consumerId,
            ClientFrame.Verb verb,
            long partition,
            long[] ranges,
            boolean confirmed);

    /**
     * Returns an id for a new transaction. Nothing is sent.
     *
     * @return not 0, unique on the link
     */
    long newTransaction();

    /**
     * Commits.
     *
     * @param transactionId the transaction
     * @return when it is durable; fails with {@link org.taffrail.wire.ErrorCode#TRANSACTION_DOOMED}
     *     where something in it was refused, and then is rolled back
     */
    CompletableFuture<Void> commit(long transactionId);

    /**
     * Rolls back: sends are forgotten, messages accepted in the transaction are released as seen.
     *
     * @param transactionId the transaction
     * @return when the releases are durable; all deliveries sent before come before
     */
    CompletableFuture<Void> rollback(long transactionId);

    /**
     * Ends a consumer; what it holds stays held until it is settled. All its deliveries come before
     * the future completes.
     *
     * @param consumerId the consumer
     * @return when it is done
     */
    CompletableFuture<Void> detach(int consumerId);

    /**
     * Ends a durable subscription.
     *
     * @param subscription its name
     * @return when it is done
     */
    CompletableFuture<Void> unsubscribe(String subscription);

    /**
     * Looks at the broker, or changes something in it.
     *
     * @param operation the number of a {@link org.taffrail.wire.frame.ManageOperation}
     * @param fields what it is about
     * @return the answer, when all of it is done, which may take long; fails with {@link
     *     org.taffrail.wire.ErrorCode#NOT_SUPPORTED} where the broker is too old, and with {@link
     *     org.taffrail.wire.ErrorCode#NOT_PERMITTED} where the user may not manage
     */
    CompletableFuture<BrokerFrame.Managed> manage(int operation, Fields fields);

    /**
     * Returns what the link does with branches of global transactions.
     *
     * @return for the life of the link
     * @throws org.taffrail.wire.WireException {@link org.taffrail.wire.ErrorCode#NOT_SUPPORTED}
     *     where it is known that the broker has none
     */
    Branches branches();

    /**
     * Says goodbye and closes; waits for what was sent to go out, at most for the link's close
     * timeout. The broker releases what is unsettled. Closing twice is nothing.
     */
    @Override
    void close();
}
