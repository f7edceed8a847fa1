// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.record;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.Bytes;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

/**
 * A large message's record, cut into the head and the parts that stand for it. Each piece becomes a
 * run of its own, written when its turn comes, so that only the record itself is there as a whole.
 */
public final class RecordParts {
    private final byte[] array;
    private final int start;
    private final int bodyAt;
    private final int end;
    private final int headBody;
    private final int partBody;
    private final int count;

    /**
     * Plans the cuts.
     *
     * @param array holds the record, which has a body and no parts yet, and must not change
     * @param at where the record begins
     * @param pieceBytes how many bytes each piece has as a record, at most: more than {@link
     *     RecordLayout#FIXED_BYTES}; a head whose fields alone are more has no piece of the body
     * @param recordBytesMax the largest record
     * @throws WireException {@link ErrorCode#MESSAGE_TOO_LARGE} if the fields and properties alone
     *     are more than a record may have
     */
    public RecordParts(byte[] array, int at, int pieceBytes, int recordBytesMax) {
        RecordView view = new RecordView().wrap(array, at);
        this.array = array;
        start = at;
        bodyAt = view.bodyAt();
        end = at + view.length();
        int fields = bodyAt - at + RecordLayout.PARTS_FIELD_BYTES;
        if (fields > recordBytesMax) {
            throw new WireException(
                    ErrorCode.MESSAGE_TOO_LARGE,
                    "the header and the properties have "
                            + fields
                            + " bytes, allowed are "
                            + recordBytesMax
                            + ": put large values into the body");
        }
        headBody = Math.min(Math.max(0, pieceBytes - fields), view.bodyLength() - 1);
        partBody = pieceBytes - RecordLayout.FIXED_BYTES;
        count = (end - bodyAt - headBody + partBody - 1) / partBody;
    }

    /**
     * Returns how many pieces there are.
     *
     * @return the head and at least one part
     */
    public int pieces() {
        return 1 + count;
    }

    /**
     * Appends a piece as a complete run.
     *
     * @param sink where to
     * @param piece 0 for the head, then the parts
     * @param partition the partition meant
     */
    public void write(ByteSink sink, int piece, long partition) {
        int run = sink.length();
        writeUnsealed(sink, piece, partition);
        RunLayout.end(sink, run, 1);
    }

    /**
     * Appends a piece as a run that is complete once it is addressed, see {@link
     * RunLayout#address}.
     *
     * @param sink where to
     * @param piece 0 for the head, then the parts
     * @param partition the partition meant
     */
    public void writeUnsealed(ByteSink sink, int piece, long partition) {
        int run = RunLayout.begin(sink, partition, 0, 0);
        int record = sink.length();
        if (piece == 0) {
            writeHead(sink, record);
        } else {
            writePart(sink, record, piece - 1);
        }
        Bytes.putInt(sink.array(), record + RecordLayout.LENGTH, sink.length() - record);
        RunLayout.endUnsealed(sink, run, 1);
    }

    private void writeHead(ByteSink sink, int record) {
        sink.putBytes(array, start, bodyAt - start);
        sink.putInt(count);
        sink.putLong(end - bodyAt - headBody);
        sink.putBytes(array, bodyAt, headBody);
        int bits = RecordLayout.bits(array, start) | RecordLayout.PARTS;
        Bytes.putInt(sink.array(), record + RecordLayout.BITS, bits);
    }

    private void writePart(ByteSink sink, int record, int part) {
        int from = bodyAt + headBody + part * partBody;
        sink.putBytes(array, start, RecordLayout.FIXED_BYTES);
        sink.putBytes(array, from, Math.min(partBody, end - from));
        int bits = RecordLayout.bits(array, start) & RecordLayout.PART_BITS | RecordLayout.PART;
        Bytes.putInt(sink.array(), record + RecordLayout.BITS, bits);
    }
}
