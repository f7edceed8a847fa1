// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import jakarta.jms.Connection;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.Session;

import org.junit.jupiter.api.Test;

import java.util.List;

/** {@code consumer.exclusive=true} in a destination's name. */
class ExclusiveConsumerTest extends ClientTest {
    private static final String EXCLUSIVE = "a.queue?consumer.exclusive=true";

    @Test
    void theFirstExclusiveConsumerGetsAllAndTheOthersNothing() throws Exception {
        Session session = started().createSession();
        Queue queue = queue(session);
        MessageConsumer shared = session.createConsumer(queue);
        MessageConsumer sole = session.createConsumer(session.createQueue(EXCLUSIVE));
        MessageConsumer further = session.createConsumer(session.createQueue(EXCLUSIVE));

        send(queue, "1", "2", "3", "4");

        assertEquals(List.of("1", "2", "3", "4"), texts(sole, 4));
        assertNull(shared.receiveNoWait());
        assertNull(further.receiveNoWait());
    }

    @Test
    void theNextOneTakesOverInOrderWhenTheFirstConnectionEnds() throws Exception {
        Connection first = started();
        Session dying = first.createSession(Session.CLIENT_ACKNOWLEDGE);
        MessageConsumer sole = dying.createConsumer(dying.createQueue(EXCLUSIVE));
        Session session = started().createSession();
        MessageConsumer shared = session.createConsumer(queue(session));
        MessageConsumer next = session.createConsumer(session.createQueue(EXCLUSIVE));
        send(queue(session), "1", "2", "3");
        assertEquals(List.of("1", "2"), texts(sole, 2));

        first.close();

        assertDelivered(next.receive(PATIENCE_MS), "1", 2);
        assertEquals(List.of("2", "3"), texts(next, 2));
        assertNull(shared.receiveNoWait());
    }

    @Test
    void theOthersGoOnWhenTheLastExclusiveOneIsClosed() throws Exception {
        Session session = started().createSession();
        MessageConsumer shared = session.createConsumer(queue(session));
        MessageConsumer sole = session.createConsumer(session.createQueue(EXCLUSIVE));
        send(queue(session), "1");
        assertEquals(List.of("1"), texts(sole, 1));
        sole.close();

        send(queue(session), "2");

        assertEquals(List.of("2"), texts(shared, 1));
    }
}
