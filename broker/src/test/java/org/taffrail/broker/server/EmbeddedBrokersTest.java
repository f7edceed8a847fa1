// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.taffrail.broker.session.WireClient;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.local.LocalBrokers;
import org.taffrail.wire.record.DestinationKind;

import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;

class EmbeddedBrokersTest {
    private final LocalBrokers brokers =
            ServiceLoader.load(LocalBrokers.class).findFirst().orElseThrow();

    private WireClient connect(String... options) {
        WireClient client = new WireClient();
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            map.put(options[i], options[i + 1]);
        }
        return client.on(brokers.connect(map, client));
    }

    @Test
    void isFoundAsAService() {
        assertInstanceOf(EmbeddedBrokers.class, brokers);
    }

    @Test
    void connectionsOfOneNameShareABroker() {
        WireClient sender = connect("name", "shared").open();
        WireClient receiver = connect("name", "shared").open();
        receiver.attach(1, DestinationKind.QUEUE, "q");
        receiver.credit(1, 1);

        sender.sendConfirmed(sender.resolve(DestinationKind.QUEUE, "q"), "hello");

        receiver.hearDelivery("hello");
        sender.goodbye();
        receiver.goodbye();
    }

    @Test
    void brokersOfTwoNamesKnowNothingOfEachOther() {
        WireClient one = connect("name", "one").open("same");
        WireClient two = connect("name", "two").open("same");

        one.goodbye();
        two.goodbye();
    }

    @Test
    void stopsWithItsLastConnection() {
        WireClient first = connect("name", "brief").open();
        WireClient second = connect("name", "brief").open();
        long partition = first.resolve(DestinationKind.QUEUE, "q");
        first.sendConfirmed(partition, "gone with the broker");
        first.goodbye();
        second.goodbye();

        WireClient third = connect("name", "brief").open();
        third.attach(1, DestinationKind.QUEUE, "q");
        third.say(new ClientFrame.Credit(1, 1, 1 << 20, false, 5));

        assertEquals(5, third.hear(BrokerFrame.Drained.class).token());
        third.goodbye();
    }

    @Test
    void aConnectionThatIsClosedWithoutGoodbyeCounts() {
        WireClient rude = connect("name", "rude").open("id");
        rude.channel().close();
        rude.awaitClosed();

        WireClient next = connect("name", "rude").open("id");
        next.goodbye();
    }

    @Test
    void namesTheNearestOfAnUnknownOption() {
        WireException refused =
                assertThrows(WireException.class, () -> connect("durabilty", "force"));

        assertEquals(ErrorCode.INVALID_OPTION, refused.code());
        assertTrue(
                refused.getMessage().contains("did you mean \"durability\""), refused.getMessage());
    }

    @Test
    void refusesOptionsOfAServer() {
        WireException refused = assertThrows(WireException.class, () -> connect("port", "0"));

        assertEquals(ErrorCode.INVALID_OPTION, refused.code());
    }

    @Test
    void refusesToShareABrokerThatIsOtherwise() {
        WireClient first = connect("name", "strict", "redelivery.deliveriesMax", "3").open();
        WireClient same = connect("name", "strict").open();

        WireException refused =
                assertThrows(
                        WireException.class,
                        () -> connect("name", "strict", "redelivery.deliveriesMax", "4"));

        assertTrue(
                refused.getMessage().contains("redelivery.deliveriesMax=3"), refused.getMessage());
        first.goodbye();
        same.goodbye();
    }
}
