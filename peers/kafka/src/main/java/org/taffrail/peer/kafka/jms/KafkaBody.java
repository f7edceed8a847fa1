// SPDX-License-Identifier: Apache-2.0
package org.taffrail.peer.kafka.jms;

import jakarta.jms.JMSException;

import java.util.Arrays;

/** The methods of {@code BytesMessage}: a body that is written, or one that is read. */
final class KafkaBody {
    private static final byte[] EMPTY = {};

    private final KafkaReceiving from;
    private byte[] bytes;
    private int read;

    /** An empty one, to be written. */
    KafkaBody() {
        this(EMPTY, null);
    }

    /** One that was received. */
    KafkaBody(byte[] bytes, KafkaReceiving from) {
        this.bytes = bytes;
        this.from = from;
    }

    byte[] bytes() {
        return bytes;
    }

    void writeBytes(byte[] more) {
        int before = bytes.length;
        bytes = Arrays.copyOf(bytes, before + more.length);
        System.arraycopy(more, 0, bytes, before, more.length);
    }

    long getBodyLength() {
        return bytes.length;
    }

    int readBytes(byte[] into, int length) {
        int count = Math.min(length, bytes.length - read);
        if (count <= 0) {
            return -1;
        }
        System.arraycopy(bytes, read, into, 0, count);
        read += count;
        return count;
    }

    void acknowledge() throws JMSException {
        if (from != null) {
            from.acknowledge();
        }
    }
}
