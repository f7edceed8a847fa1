// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.frame;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.Bytes;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

/**
 * The opening bytes and the header of every frame.
 *
 * <pre>
 *  preamble, sent first by each side
 *        0               4       6       8
 *       +---------------+-------+-------+
 *       | "TFRL"        | from  | to    |    versions spoken, both inclusive; the broker
 *       +---------------+-------+-------+    answers with the one chosen, twice
 *
 *  frame
 *        0               4   5   6       8
 *       +---------------+---+---+-------+---------------
 *       | frame bytes   |typ|flg| zero  | body ...
 *       +---------------+---+---+-------+---------------
 *  flg bit 0: optional, a receiver that doesn't know the type skips the frame; all others are zero
 * </pre>
 *
 * Numbers are little-endian; "frame bytes" counts the header. Types 1 to 63 are the client's, 64 to
 * 127 the broker's.
 */
public final class FrameLayout {
    /** The only version so far. */
    public static final int VERSION = 1;

    /** Bytes of the preamble. */
    public static final int PREAMBLE_BYTES = 8;

    /** Bytes of a frame's header. */
    public static final int HEADER_BYTES = 8;

    /** Largest frame that may ever be agreed. */
    public static final int FRAME_BYTES_MAX = 1 << 20;

    /**
     * Largest record: a frame has room for what stands around it, and for what a copy gains. A
     * message that is larger goes in parts.
     */
    public static final int RECORD_BYTES_MAX = FRAME_BYTES_MAX - (64 << 10);

    /** Smallest value that either side may name as its largest frame. */
    public static final int FRAME_BYTES_MAX_LEAST = 4096;

    /** Flag of a frame that may be skipped by who doesn't know it. */
    public static final int OPTIONAL = 1;

    /** Feature bit of {@link ClientFrame.Manage} and {@link BrokerFrame.Managed}. */
    public static final long MANAGEMENT = 1;

    /**
     * Feature bit of what is remembered of a client over the end of its connection: its sends are
     * known when they come again, and {@link ClientFrame.AskOutcome} tells what became of a commit.
     */
    public static final long RESUMPTION = 2;

    /**
     * Feature bit of {@link BranchFrame}: branches of global transactions. Only for a client that
     * takes frames of {@link #MANAGED_BYTES_MAX}.
     */
    public static final long XA = 4;

    /**
     * Feature bit of messages that keep what another broker has given them: a {@code JMSMessageID}
     * that is a text, and a {@code JMSXUserID} that is not the sender's. A client that asks for it
     * and may not is refused; one that does not ask may not send such messages.
     */
    public static final long IMPORT = 8;

    /** The smallest frame that a client must take to manage: a page of an answer fits into it. */
    public static final int MANAGED_BYTES_MAX = FRAME_BYTES_MAX;

    static final int MAGIC = 'T' | 'F' << 8 | 'R' << 16 | 'L' << 24;

    static final int HELLO = 1;
    static final int AUTHENTICATE = 2;
    static final int RESOLVE = 3;
    static final int SEND = 4;
    static final int ATTACH = 5;
    static final int CREDIT = 6;
    static final int SETTLE = 7;
    static final int COMMIT = 8;
    static final int ROLLBACK = 9;
    static final int DETACH = 10;
    static final int UNSUBSCRIBE = 11;
    static final int CREATE_TEMPORARY = 12;
    static final int DELETE_TEMPORARY = 13;
    static final int PING = 14;
    static final int GOODBYE = 15;
    static final int MANAGE = 16;
    static final int ASK_OUTCOME = 17;
    static final int PREPARE = 18;
    static final int END_BRANCH = 19;
    static final int FORGET_BRANCH = 20;
    static final int LIST_BRANCHES = 21;

    static final int WELCOME = 64;
    static final int CHALLENGE = 65;
    static final int DONE = 66;
    static final int FAILED = 67;
    static final int RESOLVED = 68;
    static final int CONFIRM = 69;
    static final int REFUSE = 70;
    static final int DELIVER = 71;
    static final int DRAINED = 72;
    static final int CONSUMER_CLOSED = 73;
    static final int PONG = 74;
    static final int CLOSING = 75;
    static final int DELIVER_PART = 76;
    static final int MANAGED = 77;

    /** In the flags of a delivery: an application may have seen the message before. */
    static final int REDELIVERED = 1;

    /** In the flags of a delivery: the append time follows, 8 bytes. */
    static final int TIMED = 2;

    private FrameLayout() {}

    /**
     * Appends a preamble.
     *
     * @param sink where to
     * @param from the first version spoken
     * @param to the last version spoken
     */
    public static void putPreamble(ByteSink sink, int from, int to) {
        sink.putInt(MAGIC);
        sink.putShort(from);
        sink.putShort(to);
    }

    /**
     * Reads a peer's preamble and chooses the version.
     *
     * @param array the bytes
     * @param at where its {@link #PREAMBLE_BYTES} begin
     * @return the highest version that both speak
     * @throws WireException {@link ErrorCode#BAD_MAGIC} or {@link ErrorCode#UNSUPPORTED_VERSION}
     */
    public static int chooseVersion(byte[] array, int at) {
        if (Bytes.getInt(array, at) != MAGIC) {
            throw new WireException(
                    ErrorCode.BAD_MAGIC,
                    "first bytes are 0x" + Integer.toHexString(Bytes.getInt(array, at)));
        }
        int from = Bytes.getUnsignedShort(array, at + 4);
        int to = Bytes.getUnsignedShort(array, at + 6);
        if (from > VERSION || to < VERSION) {
            throw new WireException(
                    ErrorCode.UNSUPPORTED_VERSION,
                    "the peer speaks " + from + " to " + to + ", this side " + VERSION);
        }
        return VERSION;
    }

    /**
     * Reads a frame's length.
     *
     * @param array the bytes
     * @param at where the frame begins; four bytes must be there
     * @param bytesMax the largest frame that was agreed
     * @return the frame's bytes, header included
     * @throws WireException {@link ErrorCode#FRAME_TOO_LARGE} or {@link ErrorCode#MALFORMED}
     */
    public static int frameLength(byte[] array, int at, int bytesMax) {
        int length = Bytes.getInt(array, at);
        if (length < HEADER_BYTES) {
            throw WireException.malformed("a frame of " + length + " bytes");
        }
        if (length > bytesMax) {
            throw new WireException(
                    ErrorCode.FRAME_TOO_LARGE,
                    "a frame of " + length + " bytes, allowed are " + bytesMax);
        }
        return length;
    }
}
