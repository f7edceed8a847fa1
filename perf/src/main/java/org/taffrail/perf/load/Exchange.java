// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;

import java.nio.ByteBuffer;
import java.util.Random;

/**
 * All that a client does for one persistent message: it connects, sends it to a queue, receives it
 * and closes its connection. Each message is another one, and is compared byte by byte.
 */
public final class Exchange {
    private static final DestinationName QUEUE = new DestinationName("perf.start", false);
    private static final int BODY_BYTES = 1024;
    private static final long RECEIVE_TIMEOUT_MS = 60_000;

    private final Random random;

    /**
     * Exchanges that have not begun.
     *
     * @param seed of what is in the messages; another one for each process
     */
    public Exchange(long seed) {
        this.random = new Random(seed);
    }

    /**
     * Carries it out once. A message that an earlier exchange has left in the queue is taken and
     * passed over.
     *
     * @param provider the provider
     * @throws JMSException if the provider refuses, or the broker is not there
     * @throws RunFailedException if the message does not come back within a minute
     */
    public void carryOut(Provider provider) throws JMSException, RunFailedException {
        byte[] body = new byte[BODY_BYTES];
        random.nextBytes(body);
        RunFailure failure = new RunFailure();
        try (Connection connection = provider.connect(failure)) {
            Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
            MessageConsumer consumer = session.createConsumer(provider.find(session, QUEUE));
            connection.start();
            BytesMessage sent = session.createBytesMessage();
            sent.writeBytes(body);
            session.createProducer(provider.find(session, QUEUE)).send(sent);
            while (true) {
                Message received = consumer.receive(RECEIVE_TIMEOUT_MS);
                failure.check();
                if (received == null) {
                    throw new RunFailedException("What was sent did not come back in a minute");
                }
                if (holds(received, body)) {
                    return;
                }
            }
        }
    }

    private static boolean holds(Message message, byte[] body) throws JMSException {
        if (!(message instanceof BytesMessage bytes) || bytes.getBodyLength() != BODY_BYTES) {
            return false;
        }
        byte[] read = new byte[BODY_BYTES];
        bytes.readBytes(read, BODY_BYTES);
        return ByteBuffer.wrap(read).equals(ByteBuffer.wrap(body));
    }
}
