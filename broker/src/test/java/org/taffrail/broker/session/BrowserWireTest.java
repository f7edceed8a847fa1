// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.ClientFrame.Source;
import org.taffrail.wire.frame.ClientFrame.Verb;
import org.taffrail.wire.record.DestinationKind;

/** A browser on the wire. */
class BrowserWireTest {
    private final Harness broker = new Harness();
    private final WireClient client = broker.client().open();

    private void drain(int consumerId, int messages, int token) {
        client.say(new ClientFrame.Credit(consumerId, messages, 1 << 20, false, token));
    }

    private void hearDrained(int consumerId, int token) {
        assertEquals(
                new BrokerFrame.Drained(consumerId, token), client.hear(BrokerFrame.Drained.class));
    }

    @Test
    void isShownMessagesUpToItsCreditAndThenTheEnd() {
        client.sendConfirmed(client.resolve(DestinationKind.QUEUE, "q"), "a", "b", "c");
        client.attach(5, Source.BROWSER, DestinationKind.QUEUE, "q");

        drain(5, 2, 1);
        assertEquals(5, client.hearDelivery("a").consumerId());
        client.hearDelivery("b");
        hearDrained(5, 1);
        drain(5, 2, 2);
        client.hearDelivery("c");
        hearDrained(5, 2);

        client.attach(6, DestinationKind.QUEUE, "q");
        client.credit(6, 3);
        BrokerFrame.Deliver delivered = client.hearDelivery("a");
        assertEquals(1, delivered.count());
        assertFalse(delivered.redelivered());
    }

    @Test
    void settlesNothingAndKeepsItsConnection() {
        client.sendConfirmed(client.resolve(DestinationKind.QUEUE, "q"), "a");
        client.attach(5, Source.BROWSER, DestinationKind.QUEUE, "q");
        drain(5, 2, 1);
        BrokerFrame.Deliver shown = client.hearDelivery("a");
        hearDrained(5, 1);

        for (Verb verb : Verb.values()) {
            client.say(
                    new ClientFrame.Settle(
                            client.nextRequest(),
                            0,
                            5,
                            verb,
                            shown.partition(),
                            new long[] {0, Long.MAX_VALUE}));
            assertEquals(ErrorCode.NOT_HELD, client.hear(BrokerFrame.Failed.class).code());
        }

        client.attach(6, DestinationKind.QUEUE, "q");
        client.credit(6, 3);
        client.accept(client.hearDelivery("a"));
    }

    @Test
    void hearsOfTheEndOfItsQueueBeforeThatOfItsDrains() {
        client.say(
                new ClientFrame.CreateTemporary(
                        client.nextRequest(), DestinationKind.TEMPORARY_QUEUE));
        BrokerFrame.Resolved queue = client.hear(BrokerFrame.Resolved.class);
        client.attach(5, Source.BROWSER, DestinationKind.TEMPORARY_QUEUE, queue.name());

        client.say(new ClientFrame.DeleteTemporary(client.nextRequest(), queue.name()));
        BrokerFrame.ConsumerClosed closed = client.hear(BrokerFrame.ConsumerClosed.class);
        client.hear(BrokerFrame.Done.class);
        drain(5, 1, 9);

        assertEquals(5, closed.consumerId());
        assertEquals(ErrorCode.NO_SUCH_DESTINATION, closed.code());
        hearDrained(5, 9);
    }
}
