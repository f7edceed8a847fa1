// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.file.DataFile;
import org.taffrail.broker.file.Folder;
import org.taffrail.broker.file.FolderDecorator;
import org.taffrail.wire.Bytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.LongUnaryOperator;

/** A folder in which each entry says something else to be known as durable than it should. */
public final class EntryForger extends FolderDecorator {
    private final LongUnaryOperator durableOf;

    /**
     * Makes a folder.
     *
     * @param durableOf says for an entry's sequence what it will say to be known as durable
     */
    public EntryForger(Folder folder, LongUnaryOperator durableOf) {
        super(folder);
        this.durableOf = durableOf;
    }

    @Override
    protected DataFile file(String name, DataFile file) {
        if (!name.endsWith(".journal")) {
            return file;
        }
        return new File(file) {
            @Override
            public void write(ByteBuffer source, long position) throws IOException {
                byte[] bytes = new byte[source.remaining()];
                source.get(bytes);
                forge(bytes);
                super.write(ByteBuffer.wrap(bytes), position);
            }
        };
    }

    private void forge(byte[] bytes) {
        int at = 0;
        while (at + EntryLayout.HEADER_BYTES <= bytes.length) {
            int length = Bytes.getInt(bytes, at + EntryLayout.LENGTH);
            boolean entry =
                    length >= EntryLayout.HEADER_BYTES
                            && EntryLayout.lengthsAgree(bytes, at, bytes.length - at)
                            && Bytes.getInt(bytes, at + EntryLayout.CRC) == crc(bytes, at, length);
            if (entry) {
                long sequence = Bytes.getLong(bytes, at + EntryLayout.SEQUENCE);
                Bytes.putLong(bytes, at + EntryLayout.DURABLE, durableOf.applyAsLong(sequence));
                Bytes.putInt(bytes, at + EntryLayout.CRC, crc(bytes, at, length));
            }
            at += entry ? EntryLayout.align(length) : EntryLayout.ALIGNMENT;
        }
    }

    private static int crc(byte[] bytes, int at, int length) {
        return Bytes.crc32c(bytes, at + EntryLayout.SEQUENCE, length - EntryLayout.SEQUENCE);
    }
}
