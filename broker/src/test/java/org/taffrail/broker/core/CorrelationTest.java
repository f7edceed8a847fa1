// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.broker.core.Message.message;

import org.junit.jupiter.api.Test;

/** Consumers that wait for a correlation id: replies on a shared queue. */
class CorrelationTest extends CoreTest {
    private static final int MANY = 300;

    private static Message reply(String body, String id) {
        return message(body).correlation(id);
    }

    private static TestConsumer waitFor(TestClient client, String id) {
        return client.queue("q", "JMSCorrelationID = '" + id + "'");
    }

    @Test
    void eachGetsItsReply() {
        TestClient client = rig().connect();
        TestConsumer[] waiting = new TestConsumer[MANY];
        for (int i = 0; i < MANY; i++) {
            waiting[i] = waitFor(client, "id" + i).credit(1);
        }
        for (int i = MANY - 1; i >= 0; i--) {
            client.send("q", reply("r" + i, "id" + i));
        }

        for (int i = 0; i < MANY; i++) {
            waiting[i].expect("r" + i);
        }
    }

    @Test
    void whoComesLaterFindsItsReplyAmongOrphans() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        waitFor(client, "first").credit(1);
        for (int i = 0; i < MANY; i++) {
            client.send("q", reply("r" + i, "id" + i));
        }
        int loads = rig.loadsAsked();

        waitFor(client, "id17").credit(1).expect("r17");
        waitFor(client, "id17").drain(1).expectNothing();
        waitFor(client, "nobody").drain(1).expectNothing();

        assertTrue(rig.loadsAsked() <= loads + 1, "it looked at the backlog again");
    }

    @Test
    void findsWhatCameBeforeAnyoneWaited() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "without");
        client.send("q", reply("r1", "a"));
        client.send("q", reply("r2", "b"));
        rig.snapshot();
        rig.crash();

        waitFor(rig.connect(), "b").drain(1).expect("r2");
    }

    @Test
    void whatIsGivenBackComesToWhoeverWaitsForItNow() {
        TestClient client = rig().connect();
        TestConsumer first = waitFor(client, "a").credit(2);
        client.send("q", reply("r1", "a"));
        client.send("q", reply("r2", "a"));
        first.expect("r1", "r2");

        first.releaseSeen("r1");
        TestConsumer second = waitFor(client, "a").credit(5).expect("r1");
        first.releaseUnseen("r2");

        second.expect("r2");
    }

    @Test
    void theOrderIsThatOfPriorityAndOffsetWhenCreditComesLate() {
        TestClient client = rig().connect();
        TestConsumer a = waitFor(client, "a");
        client.send("q", reply("r1", "a").priority(1));
        client.send("q", reply("other", "b").priority(9));
        client.send("q", reply("r2", "a").priority(8));
        client.send("q", reply("r3", "a").priority(8));

        a.credit(2).expect("r2", "r3");
        a.credit(2).expect("r1");
    }

    @Test
    void anUnfilteredConsumerBesidesGetsTheOthers() {
        TestClient client = rig().connect();
        TestConsumer a = waitFor(client, "a").credit(1);
        TestConsumer all = client.queue("q").credit(10);
        client.send("q", reply("r1", "b"));
        client.send("q", "m");

        all.expect("r1", "m");
        a.expectNothing();
        all.stop();
        client.send("q", reply("r2", "a"));
        a.expect("r2");
    }

    @Test
    void bytesAreNoText() {
        TestClient client = rig().connect();
        TestConsumer a = waitFor(client, "a").credit(1);
        client.send("q", "none");
        client.send("q", message("bytes").correlationBytes(new byte[] {'a'}));

        a.expectNothing();
        client.queue("q").credit(5).expect("none", "bytes");
    }

    @Test
    void aBrowserShowsWhatItSelectsAndTakesNothing() {
        TestClient client = rig().connect();
        client.send("q", reply("r1", "a"));
        client.send("q", reply("r2", "b"));

        client.browser("q", "JMSCorrelationID = 'b'").drain(5).expect("r2");

        waitFor(client, "b").credit(1).expect("r2");
    }

    @Test
    void anExclusiveConsumerComesFirst() {
        TestClient client = rig().connect();
        TestConsumer a = waitFor(client, "a").credit(5);
        TestConsumer sole = client.exclusive("q").credit(5);
        client.send("q", reply("r1", "a"));
        sole.expect("r1");
        a.expectNothing();

        sole.close();
        sole.releaseSeen("r1");

        a.expect("r1");
    }
}
