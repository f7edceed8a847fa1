// SPDX-License-Identifier: Apache-2.0
package org.taffrail.peer.kafka.jms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.JMSException;

import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class OutletTest {
    /** Kafka's own stand-in, which acknowledges at once. */
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(
                    true,
                    new RoundRobinPartitioner(),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());

    private final List<Integer> opened = new ArrayList<>();

    @Test
    void neverLingersWhenSomebodyWaits() throws JMSException {
        Outlet outlet = outlet(false);

        outlet.send(message());
        outlet.send(message());

        assertEquals(List.of(0), opened);
        assertEquals(2, producer.history().size());
    }

    @Test
    void lingersAsLongAsItsFirstAsynchronousSendMay() throws JMSException {
        Outlet outlet = outlet(false);
        List<Boolean> acknowledged = new ArrayList<>();

        outlet.send(message(), 5, (written, failure) -> acknowledged.add(failure == null));

        assertEquals(List.of(5), opened);
        assertEquals(List.of(true), acknowledged);
    }

    @Test
    void sendsInTransactionsOneAfterAnother() throws JMSException {
        Outlet outlet = outlet(true);

        outlet.commit(); // nothing was sent
        outlet.send(message());
        outlet.send(message());
        assertTrue(producer.transactionInFlight());
        outlet.commit();
        assertFalse(producer.transactionInFlight());
        outlet.send(message());
        outlet.commit();

        assertEquals(2, producer.commitCount());
        assertEquals(3, producer.history().size());
    }

    @Test
    void refusesAsynchronousSendsInATransaction() {
        Outlet outlet = outlet(true);

        assertThrows(JMSException.class, () -> outlet.send(message(), 0, null));
    }

    @Test
    void closesWhatItHasOpened() throws JMSException {
        Outlet unused = outlet(false);
        unused.close();
        assertFalse(producer.closed());

        Outlet used = outlet(false);
        used.send(message());
        used.close();
        assertTrue(producer.closed());
    }

    private Outlet outlet(boolean transacted) {
        return new Outlet(
                lingerMs -> {
                    opened.add(lingerMs);
                    return producer;
                },
                transacted);
    }

    private static ProducerRecord<byte[], byte[]> message() {
        return new ProducerRecord<>("orders", 0, null, new byte[1]);
    }
}
