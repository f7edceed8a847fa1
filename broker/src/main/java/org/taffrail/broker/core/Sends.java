// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.record.RecordLayout;
import org.taffrail.wire.record.RecordView;
import org.taffrail.wire.record.RunLayout;

/** Decides sends: into the log, into a transaction, or refused. */
final class Sends {
    private final Decisions decisions;
    private final RecordView record = new RecordView();
    private WireException noRoom;

    Sends(Decisions decisions) {
        this.decisions = decisions;
    }

    /**
     * Takes a run.
     *
     * @param denied why it is not permitted; null where it is
     * @throws WireException where producer or sequence are not the connection's
     */
    void send(Client client, ClientFrame.Send frame, WireException denied) {
        byte[] array = frame.array();
        int at = frame.at();
        int count = RunLayout.count(array, at);
        long first = RunLayout.sequence(array, at);
        boolean own = RunLayout.producer(array, at) == client.producer.id;
        boolean again = own && first < client.againBefore && isAgain(client, frame, first, count);
        if (!own || !again && first != client.nextSequence) {
            throw new WireException(
                    ErrorCode.PROTOCOL_VIOLATION,
                    "send "
                            + first
                            + " of producer "
                            + RunLayout.producer(array, at)
                            + ", expected "
                            + client.nextSequence
                            + " of "
                            + client.producer.id);
        }
        if (!again) {
            client.nextSequence += count;
            client.againFrom = client.againBefore;
        }
        if (first < client.producer.undecided) {
            answerAgain(client, first, count);
            return;
        }
        if (frame.transactionId() == 0) {
            client.producer.undecided = first + count;
        }
        if (first < client.producer.sentBeforeStart && isNonPersistent(array, at, count)) {
            // it may have been delivered before the start, which has lost it: once is enough
            decisions.confirm(client, first, first + count - 1, false);
        } else {
            decide(client, frame, first, count, denied);
        }
    }

    /** Whether a run that comes again is answered as it was: it takes no room. */
    boolean isKnown(Client client, ClientFrame.Send frame) {
        byte[] array = frame.array();
        int at = frame.at();
        long first = RunLayout.sequence(array, at);
        if (frame.transactionId() != 0 || first >= client.againBefore) {
            return false;
        }
        return first < client.producer.undecided
                || first < client.producer.sentBeforeStart
                        && isNonPersistent(array, at, RunLayout.count(array, at));
    }

    /** Whether a run may have been sent before the client's connection was lost. */
    private static boolean isAgain(Client client, ClientFrame.Send frame, long first, int count) {
        boolean may =
                frame.transactionId() == 0
                        && first >= client.againFrom
                        && first + count <= client.againBefore;
        if (may) {
            client.againFrom = first + count;
        }
        return may;
    }

    /** Answers what was decided before as it was then. */
    private void answerAgain(Client client, long first, int count) {
        WireException refusal = client.producer.refusal(first);
        if (refusal == null) {
            decisions.confirm(client, first, first + count - 1, false);
        } else {
            tellRefused(client, first, count, refusal);
        }
    }

    private void decide(
            Client client, ClientFrame.Send frame, long first, int count, WireException denied) {
        byte[] array = frame.array();
        int at = frame.at();
        try {
            boolean relaxed = false;
            if (denied != null) {
                deny(client, frame.transactionId(), denied);
            }
            if (frame.transactionId() == 0) {
                Partition partition = target(client, array, at, count);
                requireWhole(array, at);
                boolean mayBe = isNonPersistent(array, at, count);
                if (!mayBe && client.resumable && !partition.isVolatile()) {
                    decisions.open(client.producer);
                    decisions.refused(client.producer);
                }
                relaxed = decisions.send(partition, array, at, frame.length(), mayBe);
            } else {
                join(client, frame, count);
            }
            decisions.confirm(client, first, first + count - 1, relaxed);
        } catch (WireException e) {
            Transaction transaction = client.transactions.get(frame.transactionId());
            if (transaction != null) {
                transaction.doom(e);
            } else {
                client.producer.refuse(first, count, e);
            }
            tellRefused(client, first, count, e);
        }
    }

    /** Refuses a run; its transaction, begun by it or before, can only be rolled back. */
    private void deny(Client client, long transactionId, WireException denied) {
        if (transactionId != 0) {
            Transaction transaction = client.transaction(transactionId);
            if (!transaction.isDoomed()) {
                decisions.idle().used(client, transaction);
            }
        }
        throw denied;
    }

    private void tellRefused(Client client, long first, int count, WireException why) {
        decisions.tell(
                client,
                new BrokerFrame.Refuse(first, first + count - 1, why.code(), why.getMessage()));
    }

    /** Answers a run whose transaction has been rolled back; it has no effect. */
    void withdraw(Client client, long first, int count) {
        client.nextSequence = first + count;
        decisions.confirm(client, first, first + count - 1, false);
    }

    /** Refuses a run that was not even looked at. */
    void refuse(Client client, long transactionId, long first, int count, WireException why) {
        client.nextSequence = Math.max(client.nextSequence, first + count);
        if (transactionId == 0) {
            client.producer.undecided = first + count;
            client.producer.refuse(first, count, why);
        }
        giveUp(client, transactionId, first, count, why);
    }

    /** Refuses a run of which nothing is remembered, as its connection ends. */
    void giveUp(Client client, long transactionId, long first, int count, WireException why) {
        if (transactionId != 0) {
            client.transaction(transactionId).doom(why);
        }
        tellRefused(client, first, count, why);
    }

    /** Refuses, from now on, all that would go to the log; null takes it again. */
    void refuseLogged(WireException why) {
        noRoom = why;
    }

    /** Whether all records of a run may be lost in a crash (Jakarta Messaging 3.4.10). */
    static boolean isNonPersistent(byte[] array, int at, int count) {
        int recordAt = at + RunLayout.HEADER_BYTES;
        for (int i = 0; i < count; i++) {
            if (RecordLayout.persistent(array, recordAt)) {
                return false;
            }
            recordAt += RecordLayout.length(array, recordAt);
        }
        return true;
    }

    /** Outside a transaction there is nothing that pieces of a message could belong to. */
    private static void requireWhole(byte[] array, int at) {
        if (LargeSend.isPiece(array, at + RunLayout.HEADER_BYTES)) {
            throw new WireException(
                    ErrorCode.PROTOCOL_VIOLATION,
                    "a piece of a large message is sent outside a transaction");
        }
    }

    /** Where the first record stands. */
    private static int recordAt(ClientFrame.Send frame) {
        return frame.at() + RunLayout.HEADER_BYTES;
    }

    private void join(Client client, ClientFrame.Send frame, int count) {
        TransactionLimits limits = decisions.limits().transactions();
        Transaction transaction = client.transaction(frame.transactionId());
        if (transaction.isDoomed()) {
            throw transaction.doomed();
        }
        decisions.idle().used(client, transaction);
        Partition partition = target(client, frame.array(), frame.at(), count);
        int recordAt = recordAt(frame);
        if (RecordLayout.isPart(frame.array(), recordAt)) {
            joinPart(transaction, partition, frame.array(), recordAt);
        } else {
            joinWhole(transaction, partition, frame, count);
        }
        keep(transaction, partition, frame);
        transaction.sent(partition, frame.array(), frame.at());
    }

    /**
     * Keeps a run in memory; in the log if memory would have too much with it, and with what is to
     * come of its message, or if the message's head has gone there.
     */
    private void keep(Transaction transaction, Partition partition, ClientFrame.Send frame) {
        int memoryBytes = decisions.limits().transactions().memoryBytes();
        boolean staged = transaction.stagingId != 0 && transaction.runs.length() == 0;
        boolean follows = staged && RecordLayout.isPart(frame.array(), recordAt(frame));
        boolean fits = transaction.bytesWith(frame.length()) <= memoryBytes;
        if (partition.isVolatile() || fits && !follows) {
            transaction.keep(partition, frame.array(), frame.at(), frame.length());
        } else {
            if (transaction.runs.length() > 0) {
                decisions.staging().stage(transaction);
            }
            decisions.staging().stage(transaction, frame.array(), frame.at(), frame.length());
        }
    }

    /** Takes what begins a message, or more: all of it must have room. */
    private void joinWhole(
            Transaction transaction, Partition partition, ClientFrame.Send frame, int count) {
        if (transaction.unfinished() != null) {
            throw new WireException(ErrorCode.PROTOCOL_VIOLATION, transaction.unfinished().lack());
        }
        TransactionLimits limits = decisions.limits().transactions();
        int recordAt = recordAt(frame);
        LargeSend large = null;
        long bytes = frame.length();
        if (RecordLayout.hasParts(frame.array(), recordAt)) {
            record.wrap(frame.array(), recordAt);
            large = LargeSend.begin(partition, record, decisions.limits());
            bytes += large.runBytesLeft();
        }
        checkLimit(transaction.bytes(), bytes, limits.bytesMax(), "bytes");
        checkLimit(transaction.sends(), count, limits.sendsMax(), "messages");
        if (partition.isVolatile()) {
            checkRoom(partition, transaction.volatileBytes() + bytes);
        } else if (large != null) {
            decisions.staging().reserve(transaction, bytes);
        }
        transaction.begin(large);
    }

    private static void joinPart(
            Transaction transaction, Partition partition, byte[] array, int recordAt) {
        if (transaction.unfinished() == null) {
            throw new WireException(
                    ErrorCode.PROTOCOL_VIOLATION, "a part of no message that has begun");
        }
        transaction.addPart(partition, array, recordAt);
    }

    private static void checkLimit(long has, long more, long max, String what) {
        if (has + more > max) {
            throw new WireException(
                    ErrorCode.TRANSACTION_TOO_LARGE,
                    "the transaction would hold "
                            + (has + more)
                            + " "
                            + what
                            + ", allowed are "
                            + max);
        }
    }

    private Partition target(Client client, byte[] array, int at, int count) {
        long id = RunLayout.partition(array, at);
        Partition partition = decisions.state().partition(id);
        if (partition == null || !partition.destination.isReached(client.producer.id)) {
            throw new WireException(
                    ErrorCode.NO_SUCH_DESTINATION, "partition " + id + " does not exist");
        }
        int recordAt = at + RunLayout.HEADER_BYTES;
        for (int i = 0; i < count; i++) {
            checkRecord(array, recordAt, count);
            recordAt += RecordLayout.length(array, recordAt);
        }
        if (partition.isVolatile()) {
            checkRoom(partition, RunLayout.length(array, at));
        } else if (noRoom != null) {
            throw new WireException(noRoom.code(), noRoom.getMessage());
        }
        return partition;
    }

    private void checkRecord(byte[] array, int at, int count) {
        Limits limits = decisions.limits();
        int length = RecordLayout.length(array, at);
        boolean piece = LargeSend.isPiece(array, at);
        if (!piece && length > limits.messageBytesMax()) {
            throw LargeSend.tooLarge(length, limits);
        }
        if (length > limits.recordBytesMax()) {
            throw new WireException(
                    ErrorCode.MESSAGE_TOO_LARGE,
                    "a record has "
                            + length
                            + " bytes, allowed are "
                            + limits.recordBytesMax()
                            + ": a larger message goes in parts");
        }
        if (piece && count > 1) {
            throw new WireException(
                    ErrorCode.PROTOCOL_VIOLATION,
                    "a piece of a large message has a run with others");
        }
    }

    private void checkRoom(Partition partition, long more) {
        long volatileMax = decisions.limits().volatileBytesMax();
        if (partition.volatileBytes() + more > volatileMax) {
            throw new WireException(
                    ErrorCode.NO_ROOM,
                    partition.destination.name
                            + " holds "
                            + volatileMax
                            + " bytes, the most allowed");
        }
    }
}
