// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.taffrail.broker.core.Message.message;

import org.junit.jupiter.api.Test;

/** A consumer that wants a queue for itself gets all of it: {@link Exclusivity}. */
class ExclusiveConsumerTest extends CoreTest {
    @Test
    void theFirstExclusiveConsumerGetsEverything() {
        TestClient client = rig().connect();
        TestConsumer before = client.queue("q").credit(10);
        TestConsumer sole = client.exclusive("q").credit(10);
        TestConsumer further = client.exclusive("q").credit(10);
        TestConsumer after = client.queue("q").credit(10);

        client.send("q", "a", "b", "c");

        sole.expect("a", "b", "c");
        before.expectNothing();
        further.expectNothing();
        after.expectNothing();
    }

    @Test
    void othersWaitWhileItHasNoCredit() {
        TestClient client = rig().connect();
        TestConsumer sole = client.exclusive("q").credit(1);
        TestConsumer other = client.queue("q").credit(10);
        client.send("q", "a", "b");
        sole.expect("a");

        other.drain(10).expectNothing();

        sole.credit(1).expect("b");
    }

    @Test
    void theNextExclusiveOneTakesOverAndGetsFirstWhatComesBack() {
        CoreRig rig = rig();
        TestClient dying = rig.connect();
        TestClient client = rig.connect();
        TestConsumer sole = dying.exclusive("q").credit(2);
        TestConsumer shared = client.queue("q").credit(10);
        TestConsumer next = client.exclusive("q").credit(10);
        client.send("q", "a", "b", "c");
        sole.expect("a", "b");

        dying.disconnect();

        next.expect("a", "b", "c");
        shared.expectNothing();
    }

    @Test
    void nobodyOvertakesWhatAClosedOneStillHolds() {
        TestClient client = rig().connect();
        TestConsumer sole = client.exclusive("q").credit(2);
        TestConsumer next = client.exclusive("q").credit(10);
        client.send("q", "a", "b", "c");
        sole.expect("a", "b");

        sole.close();
        next.drain(10).expectNothing();
        next.credit(10);
        sole.accept("a");
        next.expectNothing();

        sole.releaseSeen("b");
        next.expect("b", "c");
    }

    @Test
    void theOthersGoOnWhenTheLastExclusiveOneHasEnded() {
        TestClient client = rig().connect();
        TestConsumer shared = client.queue("q").credit(10);
        TestConsumer sole = client.exclusive("q");
        client.send("q", "a");
        shared.expectNothing();

        sole.close();

        shared.expect("a");
    }

    @Test
    void itTakesMessageGroupsOver() {
        TestClient client = rig().connect();
        TestConsumer owner = client.queue("q").credit(1);
        client.send("q", message("A1").key("A"));
        TestConsumer other = client.queue("q").credit(10);
        client.send("q", message("A2").key("A"));
        owner.expect("A1");
        other.expectNothing();

        TestConsumer sole = client.exclusive("q").credit(10).expectNothing();
        owner.credit(10).expectNothing();
        owner.accept("A1");
        sole.expect("A2").accept("A2");
        owner.stop();
        sole.close();
        client.send("q", message("A3").key("A"));

        other.expect("A3");
    }

    @Test
    void itMayEndWhileAnotherOfItsKindStillHolds() {
        TestClient client = rig().connect();
        TestConsumer first = client.exclusive("q").credit(1);
        TestConsumer second = client.exclusive("q").credit(10);
        TestConsumer shared = client.queue("q").credit(10);
        client.send("q", "a", "b");
        first.expect("a").close();

        second.close();
        shared.expectNothing();
        first.accept("a");

        shared.expect("b");
    }
}
