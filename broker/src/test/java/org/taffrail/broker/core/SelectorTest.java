// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.broker.core.Message.message;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.frame.ClientFrame.Source;
import org.taffrail.wire.record.DestinationKind;

/** Selectors of consumers and subscriptions: Jakarta Messaging 3.8.1. */
class SelectorTest extends CoreTest {
    private static Message red(String body) {
        return message(body).property("colour", "red");
    }

    private static Message blue(String body) {
        return message(body).property("colour", "blue");
    }

    @Test
    void whatAQueueConsumerDoesNotSelectIsLeftToOthers() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        TestConsumer reds = client.queue("q", "colour = 'red'").credit(10);
        client.send("q", blue("b1"));
        client.send("q", red("r1"));
        client.send("q", "none");

        reds.expect("r1");
        client.queue("q").credit(10).expect("b1", "none");
    }

    @Test
    void competingSelectorsShareTheQueue() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        for (int i = 0; i < 6; i++) {
            client.send("q", i % 2 == 0 ? red("r" + i) : blue("b" + i));
        }

        client.queue("q", "colour = 'blue'").credit(10).expect("b1", "b3", "b5");
        client.queue("q", "colour = 'red'").credit(10).expect("r0", "r2", "r4");
    }

    @Test
    void aSelectiveConsumerFindsAMatchBehindABacklog() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        for (int i = 0; i < 50; i++) {
            client.send("q", blue("b" + i));
        }
        client.send("q", red("r"));

        client.queue("q", "colour = 'red'").drain(1).expect("r");
    }

    @Test
    void aSelectiveConsumerLooksAtEachMessageOnce() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        for (int i = 0; i < 50; i++) {
            client.send("q", blue("b" + i));
        }
        TestConsumer reds = client.queue("q", "colour = 'red'").credit(10).expectNothing();
        int loads = rig.loadsAsked();

        reds.drain(1);
        client.send("q", red("r"));

        reds.expectNothing();
        assertTrue(rig.loadsAsked() <= loads + 1, "it looked at the backlog again");
    }

    @Test
    void aReleasedMessageIsLookedAtAgain() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        TestConsumer all = client.queue("q").credit(2);
        client.send("q", red("r1"));
        client.send("q", blue("b1"));
        all.expect("r1", "b1");
        client.send("q", red("r2"));
        TestConsumer reds = client.queue("q", "colour = 'red'").credit(10).expect("r2");

        all.releaseSeen("r1");
        all.releaseUnseen("b1");

        reds.expect("r1").expectRedelivered(true, 2);
        client.queue("q").credit(5).expect("b1");
    }

    @Test
    void aMessageThatItReleasedItselfComesBackToASelectiveConsumer() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        TestConsumer reds = client.queue("q", "colour = 'red'").credit(2);
        client.send("q", red("r1"));
        client.send("q", red("r2"));
        reds.expect("r1", "r2");

        reds.releaseSeen("r1");

        reds.credit(1).expect("r1").expectRedelivered(true, 2);
    }

    @Test
    void priorityCountsAmongWhatIsSelected() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", red("low").priority(1));
        client.send("q", blue("other").priority(9));
        client.send("q", red("high").priority(8));

        client.queue("q", "colour = 'red'").credit(5).expect("high", "low");
    }

    @Test
    void aDelayedMessageIsLookedAtWhenItsTimeHasCome() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        TestConsumer reds = client.queue("q", "colour = 'red'").credit(5);
        client.send("q", red("late").notBefore(rig.nowMs + 100));
        client.send("q", red("now"));
        reds.expect("now");

        rig.advance(100);

        reds.expect("late");
    }

    @Test
    void aSubscriptionGetsOnlyWhatItSelects() {
        CoreRig rig = rig();
        TestClient client = rig.connect("c");
        TestConsumer reds =
                client.attach(
                                Source.DURABLE,
                                DestinationKind.TOPIC,
                                "t",
                                "sub",
                                "colour = 'red'",
                                false)
                        .credit(5);

        client.publish("t", blue("b"));
        client.publish("t", red("r"));

        reds.expect("r");
        assertEquals(1, rig.core().overview().depth(DestinationKind.TOPIC, "t"));
    }

    @Test
    void aSubscriptionsSelectorOutlivesARestart() {
        CoreRig rig = rig();
        TestClient client = rig.connect("c");
        client.attach(Source.DURABLE, DestinationKind.TOPIC, "t", "sub", "colour = 'red'", false);
        rig.snapshot();
        rig.crash();

        TestClient again = rig.connect("c");
        again.publish("t", blue("b"));
        again.publish("t", red("r"));

        again.attach(Source.DURABLE, DestinationKind.TOPIC, "t", "sub", "colour='red'", false)
                .credit(5)
                .expect("r");
    }

    @Test
    void noLocalLeavesOutWhatTheConnectionItselfSends() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        TestClient other = rig.connect();
        TestConsumer consumer =
                client.attach(Source.TOPIC, DestinationKind.TOPIC, "t", null, null, true).credit(5);

        client.publish("t", "own");
        other.publish("t", "foreign");

        consumer.expect("foreign");
    }

    @Test
    void noLocalOfADurableSubscriptionLeavesOutWhatItsClientIdSends() {
        CoreRig rig = rig();
        TestClient client = rig.connect("c");
        TestConsumer consumer =
                client.attach(Source.DURABLE, DestinationKind.TOPIC, "t", "sub", null, true);
        consumer.close();
        client.disconnect();
        TestClient again = rig.connect("c");
        again.publish("t", message("own").from("c"));
        again.publish("t", message("foreign").from("d"));

        again.attach(Source.DURABLE, DestinationKind.TOPIC, "t", "sub", null, true)
                .credit(5)
                .expect("foreign");
    }
}
