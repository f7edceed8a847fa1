// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;

/** Reads the bodies of what one party receives; what is not as it was sent goes into its log. */
final class StampReader {
    private final long runId;
    private final ReceivedLog log;
    private byte[] body = new byte[0];
    private int length;

    StampReader(long runId, ReceivedLog log) {
        this.runId = runId;
        this.log = log;
    }

    /** The stamp of a message, or null if it is foreign or damaged, which is noted then. */
    Stamp read(Message message) throws JMSException {
        if (!(message instanceof BytesMessage bytes)) {
            log.foreign();
            return null;
        }
        length = Math.toIntExact(bytes.getBodyLength());
        if (length > body.length) {
            body = new byte[length];
        }
        bytes.readBytes(body, length);
        if (!Stamp.isOfRun(runId, body, length)) {
            log.foreign();
            return null;
        }
        Stamp stamp = Stamp.read(runId, body, length);
        if (stamp == null) {
            log.damaged();
        }
        return stamp;
    }

    /** Writes the body that was read last into another message. */
    void copyTo(BytesMessage copy) throws JMSException {
        copy.writeBytes(body, 0, length);
    }
}
