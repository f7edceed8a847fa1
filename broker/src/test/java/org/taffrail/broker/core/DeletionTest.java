// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.broker.core.Message.message;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.ClientFrame.Source;
import org.taffrail.wire.record.DestinationKind;

/** Destinations that a manager makes and deletes. */
class DeletionTest extends CoreTest {
    private static Operation create(String queue) {
        return new Operation.Create(DestinationKind.QUEUE, queue);
    }

    private static Operation delete(String queue) {
        return new Operation.Delete(DestinationKind.QUEUE, queue, false);
    }

    private static Operation force(String queue) {
        return new Operation.Delete(DestinationKind.QUEUE, queue, true);
    }

    @Test
    void oneThatIsMadeIsThereAlsoWhereNoneIsMadeOnUse() {
        CoreRig rig = new CoreRig(limits().createOnUse(false));
        TestClient client = rig.connect();

        client.manage(create("q")).expectDone(1);
        client.manage(create("q")).expectDone(0);
        rig.crash();

        rig.connect().send("q", "a");
        assertEquals(1, rig.depth("q"));
    }

    @Test
    void namesThatMayNotBeAreRefused() {
        CoreRig rig = new CoreRig(limits().destinationsMax(1));
        TestClient client = rig.connect();
        client.manage(create("")).expectFailed(ErrorCode.INVALID_NAME);
        client.manage(create("TEMP.QUEUE.1.2")).expectFailed(ErrorCode.INVALID_NAME);
        client.manage(new Operation.Create(DestinationKind.TEMPORARY_QUEUE, "x"))
                .expectFailed(ErrorCode.INVALID_NAME);
        client.manage(create("q")).expectDone(1);
        client.manage(create("p")).expectFailed(ErrorCode.LIMIT_REACHED);
    }

    @Test
    void anEmptyOneIsDeletedForGoodAndItsNameMayComeAgain() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "a");
        TestConsumer consumer = client.queue("q").credit(1).expect("a");
        consumer.accept("a");
        consumer.close();
        long before = client.partition(DestinationKind.QUEUE, "q");

        client.manage(delete("q")).expectDone(1);
        rig.assertRecoversToTheSameState();
        client.send(before, 0, message("late"));
        client.expectRefused(ErrorCode.NO_SUCH_DESTINATION);
        client.send("q", "b");

        assertTrue(client.partition(DestinationKind.QUEUE, "q") > before);
        rig.assertRecoversToTheSameState();
        rig.crash();
        rig.connect().queue("q").credit(9).expect("b");
    }

    @Test
    void oneWithMessagesIsDeletedOnlyByForce() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "a", "b");

        String why = client.manage(delete("q")).expectFailed(ErrorCode.DESTINATION_IN_USE);
        assertTrue(why.contains("holds 2 messages"), why);
        client.manage(force("q")).expectDone(1);

        rig.snapshot();
        rig.crash();
        rig.connect().queue("q").credit(1).expectNothing();
    }

    @Test
    void aMessageThatHasNotArrivedKeepsItToo() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        long partition = client.partition(DestinationKind.QUEUE, "q");
        rig.hold();
        client.send(partition, 0, message("a"));
        TestOperation delete = client.manage(delete("q"));
        rig.run();

        String why = delete.expectFailed(ErrorCode.DESTINATION_IN_USE);
        assertTrue(why.contains("about to get"), why);
        client.queue("q").credit(1).expect("a").accept("a");
        client.disconnect();
        rig.connect().manage(delete("q")).expectDone(1);
    }

    @Test
    void stagedMessagesThatHaveNotArrivedKeepItToo() {
        CoreRig rig = new CoreRig(limits().transactionMemoryBytes(1));
        TestClient client = rig.connect();
        long partition = client.partition(DestinationKind.QUEUE, "q");
        client.send(partition, 7, message("a"), message("b"));
        rig.hold();
        int commit = client.begin(new ClientFrame.Commit(client.nextRequest(), 7));
        TestOperation delete = client.manage(delete("q"));
        rig.run();

        client.expectDone(commit);
        delete.expectFailed(ErrorCode.DESTINATION_IN_USE);
        client.queue("q").credit(9).expect("a", "b").accept("a", "b");
        client.disconnect();
        rig.connect().manage(delete("q")).expectDone(1);
    }

    @Test
    void aTransactionThatSentToItCantCommit() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.sendIn(7, "q", "a");
        client.manage(delete("q")).expectDone(1);

        client.expectFailed(
                ErrorCode.TRANSACTION_DOOMED, new ClientFrame.Commit(client.nextRequest(), 7));
        assertEquals(0, rig.depth("q"));
    }

    @Test
    void forceEndsConsumersAndBrowsersAndWhatTheyHoldMayStillBeSettled() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "a", "b", "c");
        TestConsumer consumer = client.queue("q").credit(2).expect("a", "b");
        TestConsumer browser = client.browser("q");
        TestConsumer selective = client.queue("q", "x = 1").credit(1);
        client.manage(delete("q")).expectFailed(ErrorCode.DESTINATION_IN_USE);

        client.manage(force("q")).expectDone(1);

        consumer.expectClosed(ErrorCode.NO_SUCH_DESTINATION);
        browser.expectClosed(ErrorCode.NO_SUCH_DESTINATION);
        selective.expectClosed(ErrorCode.NO_SUCH_DESTINATION);
        consumer.accept("a");
        consumer.releaseSeen("b");
        client.send("q", "d");
        client.queue("q").credit(9).expect("d");
        client.disconnect();
        rig.assertRecoversToTheSameState();
    }

    @Test
    void whatATransactionHasTakenFromItIsSettledWithIt() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "a", "b");
        TestConsumer consumer = client.queue("q").credit(2).expect("a", "b");
        consumer.acceptIn(5, "a");
        consumer.acceptIn(6, "b");
        client.manage(force("q")).expectDone(1);

        client.commit(5);
        client.rollback(6);
        client.disconnect();
        rig.assertRecoversToTheSameState();
    }

    @Test
    void aTopicWithSubscriptionsIsDeletedOnlyByForce() {
        CoreRig rig = rig();
        TestClient client = rig.connect("c");
        client.durable("t", "sub").close();
        Operation delete = new Operation.Delete(DestinationKind.TOPIC, "t", false);
        client.manage(delete).expectFailed(ErrorCode.DESTINATION_IN_USE);

        client.manage(new Operation.Delete(DestinationKind.TOPIC, "t", true)).expectDone(1);

        rig.assertRecoversToTheSameState();
        client.durable("t", "sub").credit(1).expectNothing();
        client.publish("t", "a");
        rig.crash();
        rig.connect("c").durable("t", "sub").credit(1).expect("a");
    }

    @Test
    void temporaryOnesBelongToTheirConnection() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        String name = client.createTemporary(DestinationKind.TEMPORARY_QUEUE).name();
        client.manage(force(name)).expectFailed(ErrorCode.NOT_SUPPORTED);
        client.manage(force("nowhere")).expectFailed(ErrorCode.NO_SUCH_DESTINATION);
    }

    @Test
    void aSnapshotAcrossADeletionRecoversTheSame() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "a");
        client.send("p", "b");
        rig.snapshot();
        client.manage(force("q")).expectDone(1);
        client.send("q", "c");
        rig.assertRecoversToTheSameState();
        rig.crash();

        TestClient other = rig.connect();
        other.queue("q").credit(9).expect("c");
        other.queue("p").credit(9).expect("b");
    }

    @Test
    void othersGetNothingOfItsDeadLettersThatHaveNotGone() {
        CoreRig rig = rig();
        TestClient client = rig.connect("c");
        TestConsumer consumer = client.subscribe(Source.SHARED_DURABLE, "t", "s").credit(5);
        client.publish("t", "a", "b");
        consumer.expect("a", "b");
        rig.hold();
        consumer.fail("a", "b");
        client.manage(new Operation.Delete(DestinationKind.TOPIC, "t", true));
        rig.run();
        rig.assertRecoversToTheSameState();
    }
}
