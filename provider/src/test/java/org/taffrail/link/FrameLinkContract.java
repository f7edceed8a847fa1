// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.link.LinkHarness.assertCode;
import static org.taffrail.link.LinkHarness.assertFails;
import static org.taffrail.link.LinkHarness.get;
import static org.taffrail.link.LinkHarness.next;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.record.DestinationKind;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * What a {@link FrameLink} promises over any channel: first its opening, its requests, and its end,
 * then what the contracts say that this one adds to.
 */
abstract class FrameLinkContract extends LinkConsumerContract {
    @Test
    void opensWithWhatTheBrokerGrants() throws Exception {
        CompletableFuture<Link.Peer> opened = link.open();
        ClientFrame.Hello hello = broker.welcome();

        assertEquals(new Link.Peer(3000, 1234, "scripted"), get(opened));
        assertEquals("client", hello.clientId());
        assertEquals("ANONYMOUS", hello.mechanism());
        assertTrue(hello.product().startsWith("Taffrail provider"));
    }

    @Test
    void sendsUserAndPasswordAsPlain() throws Exception {
        Link other =
                makeLink(
                        ConnectionOptions.defaults()
                                .with(ConnectionOptions.USERNAME, "scott")
                                .with(ConnectionOptions.PASSWORD, "tigér"));
        CompletableFuture<Link.Peer> opened = other.open();
        ClientFrame.Hello hello = broker.expectHello();
        broker.sendPreamble();
        broker.tell(new BrokerFrame.Closing(ErrorCode.AUTHENTICATION_FAILED, "no such user"));

        assertEquals("PLAIN", hello.mechanism());
        assertArrayEquals("\0scott\0tigér".getBytes(StandardCharsets.UTF_8), hello.response());
        WireException e = assertFails(ErrorCode.AUTHENTICATION_FAILED, opened);
        assertEquals("no such user", e.getMessage());
        assertTrue(losses.isEmpty());
    }

    @Test
    void refusesAChallengeThatNoMechanismAnswers() throws Exception {
        CompletableFuture<Link.Peer> opened = link.open();
        broker.expectHello();
        broker.sendPreamble();
        broker.tell(new BrokerFrame.Challenge(new byte[] {1}));

        assertFails(ErrorCode.AUTHENTICATION_FAILED, opened);
    }

    @Test
    void refusesWhatSpeaksSomethingElse() throws Exception {
        CompletableFuture<Link.Peer> opened = link.open();
        broker.expectHello();
        broker.tellBytes("HTTP/1.1 400 Bad Request".getBytes(StandardCharsets.US_ASCII));

        assertFails(ErrorCode.BAD_MAGIC, opened);
    }

    @Test
    void requestBeforeTheOpeningFails() {
        assertFails(ErrorCode.CONNECTION_LOST, link.commit(1));
        assertThrows(WireException.class, () -> link.send(0, Runs.run(1, 1), failure -> {}));
    }

    @Test
    void opensOnce() throws Exception {
        open();

        assertThrows(IllegalStateException.class, link::open);
    }

    @Test
    void answersFindTheirRequestsInAnyOrder() throws Exception {
        open();
        CompletableFuture<Link.Target> resolved = link.resolve(DestinationKind.QUEUE, "a");
        CompletableFuture<Link.Target> temporary =
                link.createTemporary(DestinationKind.TEMPORARY_TOPIC);
        CompletableFuture<Void> committed = link.commit(link.newTransaction());
        CompletableFuture<Void> unsubscribed = link.unsubscribe("s");
        ClientFrame.Resolve resolve = broker.expect(ClientFrame.Resolve.class);
        ClientFrame.CreateTemporary create = broker.expect(ClientFrame.CreateTemporary.class);
        ClientFrame.Commit commit = broker.expect(ClientFrame.Commit.class);
        ClientFrame.Unsubscribe unsubscribe = broker.expect(ClientFrame.Unsubscribe.class);
        broker.tell(
                new BrokerFrame.Failed(
                        unsubscribe.requestId(), ErrorCode.NO_SUCH_SUBSCRIPTION, "s"),
                new BrokerFrame.Done(commit.requestId()),
                new BrokerFrame.Resolved(
                        create.requestId(), 9, DestinationKind.TEMPORARY_TOPIC, "t-1"),
                new BrokerFrame.Resolved(resolve.requestId(), 8, DestinationKind.QUEUE, "a"));

        assertEquals(new Link.Target(8, DestinationKind.QUEUE, "a"), get(resolved));
        assertEquals(new Link.Target(9, DestinationKind.TEMPORARY_TOPIC, "t-1"), get(temporary));
        get(committed);
        assertFails(ErrorCode.NO_SUCH_SUBSCRIPTION, unsubscribed);
    }

    @Test
    void requestLargerThanAFrameFailsAndIsForgotten() throws Exception {
        open();

        assertFails(ErrorCode.FRAME_TOO_LARGE, link.unsubscribe("x".repeat(1 << 20)));
        get(roundTrip());
    }

    @Test
    void lostConnectionCompletesEverything() throws Exception {
        open();
        attach(7);
        CompletableFuture<Void> committed = link.commit(1);
        CompletableFuture<Link.Target> resolved = link.resolve(DestinationKind.QUEUE, "q");
        CompletableFuture<Void> attached = link.attach(spec(8), failing());
        CompletableFuture<Void> drained = link.drain(7, 1, 1);
        link.send(0, Runs.run(1, 1), outcomes.named("a"));
        link.send(0, Runs.run(1, 1), outcomes.named("b"));
        broker.expect(ClientFrame.Commit.class);
        broker.expect(ClientFrame.Resolve.class);
        broker.expect(ClientFrame.Attach.class);
        broker.expect(ClientFrame.Credit.class);
        expectRun(0);
        expectRun(0);
        broker.tell(new BrokerFrame.Confirm(2, 2));
        get(roundTrip());
        broker.hangUp();

        assertFails(ErrorCode.CONNECTION_LOST, committed);
        assertFails(ErrorCode.CONNECTION_LOST, resolved);
        assertFails(ErrorCode.CONNECTION_LOST, attached);
        assertFails(ErrorCode.CONNECTION_LOST, drained);
        outcomes.expectFailed("a", ErrorCode.CONNECTION_LOST);
        outcomes.expectConfirmed("b");
        assertCode(ErrorCode.CONNECTION_LOST, next(consumer.heard));
        next(losses);
        assertFails(ErrorCode.CONNECTION_LOST, link.commit(2));
        assertCode(ErrorCode.CONNECTION_LOST, sendFails(Runs.run(1, 1)));
        link.credit(7, 1, 1, false);
        link.close();
        link.close();
        assertTrue(losses.isEmpty());
        broker.expectEnd();
    }

    private static Link.ConsumerListener failing() {
        return new Link.ConsumerListener() {
            @Override
            public void delivered(Link.Delivery delivery) {
                throw new AssertionError("not attached");
            }

            @Override
            public void closed(Throwable cause) {
                throw new AssertionError("never attached");
            }
        };
    }

    @Test
    void closingByTheBrokerIsALossWithItsReason() throws Exception {
        open();
        CompletableFuture<Void> committed = link.commit(1);
        broker.expect(ClientFrame.Commit.class);
        broker.tell(new BrokerFrame.Closing(ErrorCode.STOPPING, "maintenance"));

        WireException e = assertFails(ErrorCode.CONNECTION_LOST, committed);
        assertTrue(e.getMessage().contains("maintenance"), e.getMessage());
        assertCode(ErrorCode.STOPPING, next(losses));
        broker.expectEnd();
    }

    @Test
    void whatAnswersNothingCostsTheLink() throws Exception {
        open();
        broker.tell(new BrokerFrame.Done(12345));

        assertCode(ErrorCode.PROTOCOL_VIOLATION, next(losses));
        broker.expectEnd();
    }

    @Test
    void closeSaysGoodbyeAfterWhatWasSent() throws Exception {
        link =
                makeLink(
                        ConnectionOptions.defaults()
                                .with(ConnectionOptions.CLOSE_TIMEOUT_MS, ScriptedBroker.WAIT_MS));
        open();
        link.send(0, Runs.run(1, 1), outcomes.named("a"));
        CompletableFuture<Void> closed = closeElsewhere();
        expectRun(0);
        broker.expect(ClientFrame.Goodbye.class);
        broker.tell(new BrokerFrame.Confirm(1, 1));
        broker.hangUp();

        get(closed);
        assertFails(ErrorCode.CONNECTION_LOST, link.commit(1));
        assertTrue(losses.isEmpty());
        broker.expectEnd();
    }

    @Test
    void closeIsBoundedWhenTheBrokerIsSilent() throws Exception {
        open();
        attach(7);
        CompletableFuture<Void> committed = link.commit(1);
        link.send(0, Runs.run(1, 1), outcomes.named("a"));
        broker.expect(ClientFrame.Commit.class);
        expectRun(0);
        long beganNs = System.nanoTime();
        link.close();
        long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNs);

        assertTrue(tookMs >= 250 && tookMs < 5000, "took " + tookMs + " ms");
        broker.expect(ClientFrame.Goodbye.class);
        broker.expectEnd();
        assertFails(ErrorCode.CONNECTION_LOST, committed);
        outcomes.expectFailed("a", ErrorCode.CONNECTION_LOST);
        assertTrue(consumer.heard.isEmpty());
        assertTrue(losses.isEmpty());
    }

    @Test
    void closeFromAListenerDoesNotWaitForItself() throws Exception {
        link =
                makeLink(
                        ConnectionOptions.defaults()
                                .with(ConnectionOptions.CLOSE_TIMEOUT_MS, ScriptedBroker.WAIT_MS));
        open();
        CompletableFuture<Long> tookNs = new CompletableFuture<>();
        link.send(
                0,
                Runs.run(1, 1),
                failure -> {
                    long beganNs = System.nanoTime();
                    link.close();
                    tookNs.complete(System.nanoTime() - beganNs);
                });
        expectRun(0);
        broker.tell(new BrokerFrame.Confirm(1, 1));

        assertTrue(TimeUnit.NANOSECONDS.toMillis(get(tookNs)) < ScriptedBroker.WAIT_MS / 2);
        broker.expect(ClientFrame.Goodbye.class);
        broker.expectEnd();
        assertTrue(losses.isEmpty());
    }

    @Test
    void closeBeforeTheOpeningIsNothing() throws Exception {
        link.close();
        link.close();

        assertFails(ErrorCode.CONNECTION_LOST, link.open());
    }

    @Test
    void closeDuringTheOpeningEndsIt() throws Exception {
        CompletableFuture<Link.Peer> opened = link.open();
        broker.expectHello();
        link.close();

        assertFails(ErrorCode.CONNECTION_LOST, opened);
        broker.expectEnd();
        assertTrue(losses.isEmpty());
    }

    private CompletableFuture<Void> closeElsewhere() {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        Thread thread =
                new Thread(
                        () -> {
                            link.close();
                            closed.complete(null);
                        });
        thread.setDaemon(true);
        thread.start();
        return closed;
    }
}
