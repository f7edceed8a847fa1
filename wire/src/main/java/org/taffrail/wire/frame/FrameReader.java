// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.frame;

import org.taffrail.wire.ByteSource;
import org.taffrail.wire.Bytes;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.Xid;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.record.RecordLayout;
import org.taffrail.wire.record.RunCheck;

import java.util.ArrayList;
import java.util.List;

/**
 * Decodes frames that a peer sent. The bytes are hostile until they have been here: every length is
 * checked, runs pass {@link RunCheck}, surplus bytes and unknown mandatory frames are refused with
 * a typed {@link WireException}. Stateless apart from its scratch; not thread-safe.
 */
public final class FrameReader {
    /** Most ranges in one settlement. */
    public static final int RANGES_MAX = 1 << 15;

    private static final ClientFrame.Source[] SOURCES = ClientFrame.Source.values();
    private static final ClientFrame.Verb[] VERBS = ClientFrame.Verb.values();
    private static final BrokerFrame.Recognition[] RECOGNITIONS = BrokerFrame.Recognition.values();

    private final ByteSource source = new ByteSource(new byte[0]);

    /**
     * Decodes a client's frame.
     *
     * @param array the bytes; a {@link ClientFrame.Send} refers to them
     * @param at where the frame begins
     * @param length the frame's bytes as {@link FrameLayout#frameLength} gave them
     * @return the frame, or null where it is unknown and optional
     */
    public ClientFrame readClient(byte[] array, int at, int length) {
        int type = header(array, at, length);
        ClientFrame frame = client(type);
        if (frame == null) {
            refuseUnlessOptional(array, at, type);
            return null;
        }
        source.expectEnd();
        return frame;
    }

    /**
     * Decodes a broker's frame.
     *
     * @param array the bytes; a {@link BrokerFrame.Deliver} or {@link BrokerFrame.DeliverPart}
     *     refers to them
     * @param at where the frame begins
     * @param length the frame's bytes as {@link FrameLayout#frameLength} gave them
     * @return the frame, or null where it is unknown and optional
     */
    public BrokerFrame readBroker(byte[] array, int at, int length) {
        int type = header(array, at, length);
        BrokerFrame frame = broker(type);
        if (frame == null) {
            refuseUnlessOptional(array, at, type);
            return null;
        }
        source.expectEnd();
        return frame;
    }

    private int header(byte[] array, int at, int length) {
        if ((array[at + 5] & ~FrameLayout.OPTIONAL) != 0
                || Bytes.getUnsignedShort(array, at + 6) != 0) {
            throw new WireException(ErrorCode.UNKNOWN_MANDATORY, "frame flags");
        }
        source.wrap(array, at + FrameLayout.HEADER_BYTES, length - FrameLayout.HEADER_BYTES);
        return array[at + 4] & 0xFF;
    }

    private static void refuseUnlessOptional(byte[] array, int at, int type) {
        if ((array[at + 5] & FrameLayout.OPTIONAL) == 0) {
            throw new WireException(ErrorCode.UNKNOWN_MANDATORY, "frame type " + type);
        }
    }

    private ClientFrame client(int type) {
        switch (type) {
            case FrameLayout.HELLO:
                return hello();
            case FrameLayout.AUTHENTICATE:
                return new ClientFrame.Authenticate(source.getBlob());
            case FrameLayout.RESOLVE:
                return new ClientFrame.Resolve(source.getInt(), kind(), text("a destination"));
            case FrameLayout.SEND:
                return send();
            case FrameLayout.ATTACH:
                return attach();
            case FrameLayout.CREDIT:
                return credit();
            case FrameLayout.SETTLE:
                return settle();
            case FrameLayout.COMMIT:
                return new ClientFrame.Commit(source.getInt(), source.getLong());
            case FrameLayout.ASK_OUTCOME:
                return new ClientFrame.AskOutcome(source.getInt(), source.getLong());
            case FrameLayout.ROLLBACK:
                return new ClientFrame.Rollback(source.getInt(), source.getLong());
            case FrameLayout.DETACH:
                return new ClientFrame.Detach(source.getInt(), source.getInt());
            case FrameLayout.UNSUBSCRIBE:
                return new ClientFrame.Unsubscribe(source.getInt(), text("a subscription"));
            case FrameLayout.CREATE_TEMPORARY:
                return new ClientFrame.CreateTemporary(source.getInt(), kind(), source.getText());
            case FrameLayout.DELETE_TEMPORARY:
                return new ClientFrame.DeleteTemporary(source.getInt(), text("a destination"));
            case FrameLayout.PING:
                return new ClientFrame.Ping();
            case FrameLayout.MANAGE:
                return new ClientFrame.Manage(
                        source.getInt(), source.getInt(), Fields.read(source));
            case FrameLayout.GOODBYE:
                return new ClientFrame.Goodbye();
            default:
                return branch(type);
        }
    }

    private BranchFrame branch(int type) {
        switch (type) {
            case FrameLayout.PREPARE:
                return new BranchFrame.Prepare(source.getInt(), source.getLong(), Xid.read(source));
            case FrameLayout.END_BRANCH:
                return new BranchFrame.EndBranch(
                        source.getInt(), Xid.read(source), source.getBoolean());
            case FrameLayout.FORGET_BRANCH:
                return new BranchFrame.ForgetBranch(source.getInt(), Xid.read(source));
            case FrameLayout.LIST_BRANCHES:
                return new BranchFrame.ListBranches(source.getInt(), source.getText());
            default:
                return null;
        }
    }

    private BrokerFrame broker(int type) {
        switch (type) {
            case FrameLayout.WELCOME:
                return welcome();
            case FrameLayout.CHALLENGE:
                return new BrokerFrame.Challenge(source.getBlob());
            case FrameLayout.DONE:
                return new BrokerFrame.Done(source.getInt());
            case FrameLayout.FAILED:
                return new BrokerFrame.Failed(source.getInt(), code(), source.getText());
            case FrameLayout.RESOLVED:
                return new BrokerFrame.Resolved(
                        source.getInt(), source.getLong(), kind(), text("a destination"));
            case FrameLayout.CONFIRM:
                return new BrokerFrame.Confirm(source.getLong(), source.getLong());
            case FrameLayout.REFUSE:
                return new BrokerFrame.Refuse(
                        source.getLong(), source.getLong(), code(), source.getText());
            case FrameLayout.DELIVER:
                return deliver();
            case FrameLayout.DELIVER_PART:
                return deliverPart();
            case FrameLayout.DRAINED:
                return new BrokerFrame.Drained(source.getInt(), source.getInt());
            case FrameLayout.CONSUMER_CLOSED:
                return new BrokerFrame.ConsumerClosed(source.getInt(), code(), source.getText());
            case FrameLayout.MANAGED:
                return managed();
            case FrameLayout.PONG:
                return new BrokerFrame.Pong();
            case FrameLayout.CLOSING:
                return new BrokerFrame.Closing(code(), source.getText());
            default:
                return null;
        }
    }

    private ClientFrame hello() {
        return new ClientFrame.Hello(
                source.getLong(),
                source.getInt(),
                source.getInt(),
                source.getLong(),
                source.getLong(),
                source.getInt(),
                source.getText(),
                text("a mechanism"),
                source.getBlob(),
                source.getText(),
                source.getLong(),
                source.getLong());
    }

    private ClientFrame send() {
        long transactionId = source.getLong();
        int length = source.remaining();
        int at = source.skip(length);
        RunCheck.check(source.array(), at, length);
        return new ClientFrame.Send(transactionId, source.array(), at, length);
    }

    private ClientFrame attach() {
        int requestId = source.getInt();
        int consumerId = source.getInt();
        int number = source.getUnsignedByte();
        if (number >= SOURCES.length) {
            throw WireException.malformed("consumer source " + number);
        }
        return new ClientFrame.Attach(
                requestId,
                consumerId,
                SOURCES[number],
                kind(),
                text("a destination"),
                source.getText(),
                source.getText(),
                source.getBoolean(),
                source.getText(),
                source.getBoolean(),
                source.getBoolean());
    }

    private ClientFrame credit() {
        return new ClientFrame.Credit(
                source.getInt(),
                source.getCount(Integer.MAX_VALUE, "credit in messages"),
                source.getCount(Integer.MAX_VALUE, "credit in bytes"),
                source.getBoolean(),
                source.getInt());
    }

    private ClientFrame settle() {
        int requestId = source.getInt();
        long transactionId = source.getLong();
        int consumerId = source.getInt();
        int number = source.getUnsignedByte();
        if (number >= VERBS.length) {
            throw WireException.malformed("settlement verb " + number);
        }
        long partition = source.getLong();
        int count = source.getCount(RANGES_MAX, "ranges");
        if (count > source.remaining() / 16) {
            throw WireException.malformed("a settlement says it has " + count + " ranges");
        }
        long[] ranges = new long[2 * count];
        for (int i = 0; i < ranges.length; i += 2) {
            ranges[i] = source.getLong();
            ranges[i + 1] = source.getLong();
            if (ranges[i] < 0 || ranges[i] > ranges[i + 1]) {
                throw WireException.malformed("range " + ranges[i] + " to " + ranges[i + 1]);
            }
        }
        return new ClientFrame.Settle(
                requestId, transactionId, consumerId, VERBS[number], partition, ranges);
    }

    private BrokerFrame welcome() {
        return new BrokerFrame.Welcome(
                source.getInt(),
                source.getLong(),
                source.getInt(),
                source.getInt(),
                source.getInt(),
                source.getLong(),
                source.getInt(),
                source.getInt(),
                source.getLong(),
                source.getInt(),
                source.getText(),
                recognition());
    }

    private BrokerFrame.Recognition recognition() {
        int number = source.getUnsignedByte();
        if (number >= RECOGNITIONS.length) {
            throw WireException.malformed("recognition " + number);
        }
        return RECOGNITIONS[number];
    }

    private BrokerFrame managed() {
        int requestId = source.getInt();
        int count = source.getCount(BrokerFrame.Managed.ROWS_MAX, "rows");
        List<Fields> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(Fields.read(source));
        }
        return new BrokerFrame.Managed(requestId, rows, source.getText());
    }

    private BrokerFrame deliver() {
        int consumerId = source.getInt();
        long partition = source.getLong();
        long offset = source.getLong();
        int count = source.getUnsignedShort();
        int flags = source.getUnsignedByte();
        if ((flags & ~(FrameLayout.REDELIVERED | FrameLayout.TIMED)) != 0) {
            throw WireException.malformed("flags " + flags + " of a delivery");
        }
        long appendTimeMs = (flags & FrameLayout.TIMED) == 0 ? 0 : source.getLong();
        int length = source.remaining();
        int at = source.skip(length);
        if (length < RecordLayout.FIXED_BYTES
                || RecordLayout.length(source.array(), at) != length) {
            throw WireException.malformed("a delivery of " + length + " bytes");
        }
        RunCheck.checkRecord(source.array(), at, length);
        if (RecordLayout.isPart(source.array(), at)) {
            throw WireException.malformed("the delivery of a part without its message");
        }
        return new BrokerFrame.Deliver(
                consumerId,
                partition,
                offset,
                count,
                (flags & FrameLayout.REDELIVERED) != 0,
                appendTimeMs,
                source.array(),
                at,
                length);
    }

    private BrokerFrame deliverPart() {
        int consumerId = source.getInt();
        long partition = source.getLong();
        long offset = source.getLong();
        int index = source.getInt();
        int length = source.remaining();
        int at = source.skip(length);
        if (index < 0 || length < 1) {
            throw WireException.malformed("part " + index + " of " + length + " bytes");
        }
        return new BrokerFrame.DeliverPart(
                consumerId, partition, offset, index, source.array(), at, length);
    }

    private DestinationKind kind() {
        return DestinationKind.of(source.getUnsignedByte());
    }

    private ErrorCode code() {
        return ErrorCode.of(source.getUnsignedByte());
    }

    private String text(String what) {
        String text = source.getText();
        if (text == null) {
            throw WireException.malformed(what + " without a name");
        }
        return text;
    }
}
