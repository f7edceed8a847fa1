// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.taffrail.broker.core.Message.message;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.frame.ClientFrame.Source;
import org.taffrail.wire.record.DestinationKind;

import java.util.Arrays;

/** A queue's browser may begin behind any place in the order of delivery. */
class BrowserPlaceTest extends CoreTest {
    private TestClient client;

    @BeforeEach
    void connect() {
        client = rig().connect();
    }

    @Test
    void beginsBehindAMessageInTheOrderOfDelivery() {
        client.send("q", message("a"));
        client.send("q", message("b").priority(9));
        client.send("q", message("c"));
        client.send("q", message("d").priority(2));
        client.send("q", message("e"));

        String[] order = {"b", "a", "c", "e", "d"};
        String[] places = {"9:1", "4:0", "4:2", "4:4", "2:3"};
        for (int i = 0; i < places.length; i++) {
            TestConsumer browser = behind(places[i]);
            browser.credit(10)
                    .expect(Arrays.copyOfRange(order, i + 1, order.length))
                    .expectNothing();
            browser.close();
        }
        // one that has gone, or never was, has its place all the same
        behind("4:1").credit(10).expect("c", "e", "d");
        behind("7:100").credit(10).expect("a", "c", "e", "d");
        for (String wrong : new String[] {"", "4", "10:1", "4:-1", "4:1234567890123456789"}) {
            client.expectFailed(
                    ErrorCode.INVALID_OPTION,
                    client.startFrame(
                            wrong, Source.BROWSER, DestinationKind.QUEUE, "q", null, null));
        }
    }

    private TestConsumer behind(String place) {
        return client.startingAt(place, Source.BROWSER, DestinationKind.QUEUE, "q", null, null);
    }
}
