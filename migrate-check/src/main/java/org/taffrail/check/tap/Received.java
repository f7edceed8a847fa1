// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.tap;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;

import org.taffrail.check.record.BodyKind;
import org.taffrail.check.record.DestinationUse;
import org.taffrail.check.record.Feature;
import org.taffrail.check.record.Recorder;

import java.util.Enumeration;

/**
 * Looks at a message before the application gets it, through nothing that changes it: of a sample
 * the size of text and bytes and the names of properties, of each whether it comes again.
 */
final class Received {
    private Received() {}

    static void count(Message message, DestinationUse destination, Recorder recorder)
            throws JMSException {
        recorder.received();
        BodyKind body = BodyKind.of(message);
        if (body == BodyKind.OBJECT) {
            recorder.used(Feature.OBJECT_RECEIVED);
        }
        boolean close = destination.looksClosely();
        destination.received(body, close ? bytes(message, body) : -1);
        if (message.getJMSRedelivered()) {
            recorder.used(Feature.REDELIVERED);
        }
        if (close) {
            Enumeration<?> names = message.getPropertyNames();
            while (names.hasMoreElements()) {
                recorder.used(Feature.PROPERTY_RECEIVED, (String) names.nextElement());
            }
        }
    }

    private static long bytes(Message message, BodyKind body) throws JMSException {
        switch (body) {
            case TEXT:
                return Sent.chars(((TextMessage) message).getText());
            case BYTES:
                return ((BytesMessage) message).getBodyLength();
            case NONE:
                return 0;
            default:
                return -1;
        }
    }
}
