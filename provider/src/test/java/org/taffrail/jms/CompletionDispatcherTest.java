// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.jms.BytesMessage;
import jakarta.jms.CompletionListener;
import jakarta.jms.JMSException;
import jakarta.jms.Message;

import org.junit.jupiter.api.Test;
import org.taffrail.jms.message.TaffrailBytesMessage;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

class CompletionDispatcherTest {
    private final CompletionDispatcher completions = new CompletionDispatcher("completions");
    private final Object producer = new Object();

    /** Reads one int, whatever has become of the send. */
    private static final class Reader implements CompletionListener {
        private volatile Object read;

        @Override
        public void onCompletion(Message message) {
            read(message);
        }

        @Override
        public void onException(Message message, Exception exception) {
            read(message);
        }

        private void read(Message message) {
            try {
                read = ((BytesMessage) message).readInt();
            } catch (JMSException e) {
                read = e;
            }
        }
    }

    private static TaffrailBytesMessage bytes(int value) throws JMSException {
        TaffrailBytesMessage message = new TaffrailBytesMessage();
        message.writeInt(value);
        return message;
    }

    @Test
    void letsTheListenerReadTheBytesThatWereSent() throws JMSException {
        Reader listener = new Reader();

        completions.begin(producer, listener, bytes(42)).completed(null);
        completions.awaitAll();

        assertEquals(42, listener.read);
    }

    @Test
    void letsTheListenerReadTheBytesThatWereRefused() throws JMSException {
        Reader listener = new Reader();

        completions
                .begin(producer, listener, bytes(42))
                .completed(new WireException(ErrorCode.NO_ROOM, "full"));
        completions.awaitAll();

        assertEquals(42, listener.read);
    }
}
