// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.link.LinkHarness.assertCode;
import static org.taffrail.link.LinkHarness.assertFails;
import static org.taffrail.link.LinkHarness.get;
import static org.taffrail.link.LinkHarness.next;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.frame.BrokerFrame;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a {@link FrameLink} promises over any channel to those who send. */
abstract class LinkSendContract extends FrameLinkFixture {
    @Test
    void sendsAreNumberedWithoutGapsAndConfirmedInRanges() throws Exception {
        open();
        link.send(0, Runs.run(1, 10), outcomes.named("a"));
        link.send(3, Runs.run(2, 10), outcomes.named("b"));
        link.send(0, Runs.run(1, 10), outcomes.named("c"));

        assertEquals(1, expectRun(0));
        assertEquals(2, expectRun(3));
        assertEquals(4, expectRun(0));
        broker.tell(new BrokerFrame.Confirm(1, 3));
        outcomes.expectConfirmed("a", "b");
        broker.tell(new BrokerFrame.Refuse(4, 4, ErrorCode.NO_ROOM, "full"));
        assertEquals("full", outcomes.expectFailed("c", ErrorCode.NO_ROOM).getMessage());
    }

    @Test
    void listenersHearInTheOrderOfTheSendsAlsoWhenAnswersDoNotCome() throws Exception {
        open();
        for (String name : List.of("a", "b", "c")) {
            link.send(0, Runs.run(1, 10), outcomes.named(name));
            expectRun(0);
        }
        broker.tell(new BrokerFrame.Confirm(3, 3), new BrokerFrame.Confirm(2, 2));
        get(roundTrip());
        assertTrue(outcomes.heard.isEmpty());
        broker.tell(new BrokerFrame.Confirm(1, 1));

        outcomes.expectConfirmed("a", "b", "c");
    }

    @Test
    void aSinkMayBeUsedAgainOnceSendReturns() throws Exception {
        open();
        ByteSink sink = Runs.run(1, 10);
        link.send(0, sink, outcomes.named("a"));
        Arrays.fill(sink.array(), (byte) 0);

        assertEquals(1, expectRun(0));
    }

    @Test
    void sendWaitsWhileTheWindowOfMessagesIsFull() throws Exception {
        open();
        for (int i = 0; i < ScriptedBroker.WINDOW_MESSAGES; i++) {
            link.send(0, Runs.run(1, 10), outcomes.named("" + i));
            expectRun(0);
        }
        CompletableFuture<Void> sent = sendElsewhere(1, 10, "late");
        get(roundTrip());
        assertFalse(sent.isDone());
        broker.tell(new BrokerFrame.Confirm(1, 1));

        get(sent);
        assertEquals(5, expectRun(0));
    }

    @Test
    void sendWaitsWhileTheWindowOfBytesIsFull() throws Exception {
        open();
        link.send(0, Runs.run(1, 2000), outcomes.named("a"));
        CompletableFuture<Void> sent = sendElsewhere(1, 2000, "b");
        assertEquals(1, expectRun(0));
        get(roundTrip());
        assertTrue(broker.silent());
        broker.tell(new BrokerFrame.Confirm(1, 1));

        get(sent);
        assertEquals(2, expectRun(0));
    }

    @Test
    void aSendThatWouldFillTheWindowAloneIsRefused() throws Exception {
        open();

        assertCode(ErrorCode.MESSAGE_TOO_LARGE, sendFails(Runs.run(1, 5000)));
        assertCode(ErrorCode.MESSAGE_TOO_LARGE, sendFails(Runs.run(1, 3000)));
        assertCode(
                ErrorCode.MESSAGE_TOO_LARGE,
                sendFails(Runs.run(ScriptedBroker.WINDOW_MESSAGES + 1, 1)));
        link.send(0, Runs.run(1, 1), outcomes.named("next"));
        assertEquals(1, expectRun(0));
    }

    @Test
    void sendGivesUpWhenTheWindowStaysFull() throws Exception {
        link = makeLink(ConnectionOptions.defaults().with(ConnectionOptions.SEND_TIMEOUT_MS, 50));
        open();
        for (int i = 0; i < ScriptedBroker.WINDOW_MESSAGES; i++) {
            link.send(0, Runs.run(1, 10), outcomes.named("" + i));
            expectRun(0);
        }

        assertCode(ErrorCode.TIMEOUT, sendFails(Runs.run(1, 10)));
        broker.tell(new BrokerFrame.Confirm(1, 4));
        outcomes.expectConfirmed("0", "1", "2", "3");
        link.send(0, Runs.run(1, 10), outcomes.named("next"));
        assertEquals(5, expectRun(0));
    }

    @Test
    void aListenerThatWouldWaitForTheLinkIsToldSo() throws Exception {
        open();
        BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
        link.send(
                0,
                Runs.run(1, 10),
                failure -> {
                    try {
                        for (int i = 0; i <= ScriptedBroker.WINDOW_MESSAGES; i++) {
                            link.send(0, Runs.run(1, 10), again -> {});
                        }
                    } catch (IllegalStateException e) {
                        heard.add(e);
                    }
                });
        expectRun(0);
        broker.tell(new BrokerFrame.Confirm(1, 1));

        assertEquals(IllegalStateException.class, next(heard).getClass());
        for (int i = 0; i < ScriptedBroker.WINDOW_MESSAGES; i++) {
            expectRun(0);
        }
    }

    @Test
    void lossWakesWhoWaitsForTheWindow() throws Exception {
        open();
        for (int i = 0; i < ScriptedBroker.WINDOW_MESSAGES; i++) {
            link.send(0, Runs.run(1, 10), outcomes.named("" + i));
            expectRun(0);
        }
        CompletableFuture<Void> sent = sendElsewhere(1, 10, "late");
        get(roundTrip());
        broker.hangUp();

        assertFails(ErrorCode.CONNECTION_LOST, sent);
        broker.expectEnd();
    }

    private CompletableFuture<Void> sendElsewhere(int count, int bodyBytes, String name) {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                ByteSink run = Runs.run(count, bodyBytes);
                                link.send(0, run, outcomes.named(name));
                                sent.complete(null);
                            } catch (RuntimeException e) {
                                sent.completeExceptionally(e);
                            }
                        });
        thread.setDaemon(true);
        thread.start();
        Awaitility.await()
                .until(() -> sent.isDone() || thread.getState() == Thread.State.TIMED_WAITING);
        return sent;
    }

    @Test
    void manyThreadsSendWithoutGapOrMix() throws Exception {
        open();
        int threads = 4;
        int each = 200;
        CountDownLatch confirmed = new CountDownLatch(threads * each);
        List<Thread> senders = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            Thread sender =
                    new Thread(
                            () -> {
                                ByteSink sink = new ByteSink(256);
                                for (int i = 0; i < each; i++) {
                                    sink.clear();
                                    ByteSink run = Runs.run(1, i % 50);
                                    sink.putBytes(run.array(), 0, run.length());
                                    link.send(0, sink, failure -> confirmed.countDown());
                                }
                            });
            sender.start();
            senders.add(sender);
        }
        for (long sequence = 1; sequence <= threads * each; sequence++) {
            assertEquals(sequence, expectRun(0));
            broker.tell(new BrokerFrame.Confirm(sequence, sequence));
        }

        assertTrue(confirmed.await(ScriptedBroker.WAIT_MS, TimeUnit.MILLISECONDS));
        for (Thread sender : senders) {
            sender.join();
        }
    }

    @Test
    void answerToASendThatNeverWasCostsTheLink() throws Exception {
        open();
        link.send(0, Runs.run(1, 1), outcomes.named("a"));
        expectRun(0);
        broker.tell(new BrokerFrame.Confirm(1, 2));

        assertCode(ErrorCode.PROTOCOL_VIOLATION, next(losses));
        outcomes.expectFailed("a", ErrorCode.CONNECTION_LOST);
        broker.expectEnd();
    }
}
