// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** How messages come into beans. */
class DeliveryTest extends AdapterFixture {
    @Override
    String options() {
        return "&redelivery.deliveriesMax=3";
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void deliversAndSettles(boolean transacted) throws Exception {
        FakeBeans beans = hearing(transacted);
        adapter.endpointActivation(beans, queue("orders"));

        send(context.createQueue("orders"), "1", "2", "3");

        awaitHeard("1", "2", "3");
        await().until(() -> waiting("orders") == 0);
        if (transacted) {
            await().until(() -> beans.ends.equals(List.of("commit", "commit", "commit")));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void redeliversWhatTheBeanThrewAtAndCountsUntilItIsADeadLetter(boolean transacted)
            throws Exception {
        FakeBeans beans =
                new FakeBeans(
                        transacted,
                        message -> {
                            heard.add(text(message) + deliveries(message));
                            throw new IllegalStateException("on purpose");
                        });
        adapter.endpointActivation(beans, queue("orders"));

        send(context.createQueue("orders"), "poison");

        await().until(() -> waiting("DLQ.orders") == 1);
        assertEquals(List.of("poison1", "poison2", "poison3"), heard);
        assertEquals(0, waiting("orders"));
    }

    @Test
    void redeliversWhatTheServerRollsBackThoughTheBeanReturns() throws Exception {
        FakeBeans beans =
                new FakeBeans(true, message -> heard.add(text(message) + deliveries(message)));
        beans.rollsBack = true;
        adapter.endpointActivation(beans, queue("orders"));

        send(context.createQueue("orders"), "1");

        await().until(() -> waiting("DLQ.orders") == 1);
        assertEquals(List.of("11", "12", "13"), heard);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void deliversAsManyAtATimeAsThereMayBeSessionsAndNoMore(boolean transacted) throws Exception {
        CyclicBarrier together = new CyclicBarrier(4);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        FakeBeans beans =
                new FakeBeans(
                        transacted,
                        message -> {
                            most.accumulateAndGet(now.incrementAndGet(), Math::max);
                            try {
                                together.await(20, TimeUnit.SECONDS);
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            } finally {
                                now.decrementAndGet();
                            }
                            heard.add(text(message));
                        });
        TaffrailActivationSpec spec = queue("orders");
        spec.setMaxSession(4);
        adapter.endpointActivation(beans, spec);

        send(context.createQueue("orders"), "1", "2", "3", "4", "5", "6", "7", "8");

        awaitHeard("1", "2", "3", "4", "5", "6", "7", "8");
        assertEquals(4, most.get());
        assertTrue(server.busy() <= 4, () -> server.busy() + " threads");
    }

    @Test
    void asksForLongRunningThreadsAndOneIsEnoughWhereNothingComes() throws Exception {
        adapter.endpointActivation(hearing(true), queue("orders"));
        send(context.createQueue("orders"), "1");
        awaitHeard("1");

        assertEquals(Boolean.TRUE, server.hints.peek().get("jakarta.resource.LongRunning"));
    }

    @Test
    void goesOnWithTheSessionsThatTheServerHasThreadsFor() throws Exception {
        FakeServer small = new FakeServer(1);
        TaffrailResourceAdapter narrow = started(small);
        narrow.endpointActivation(hearing(true), queue("orders"));

        send(context.createQueue("orders"), "1", "2", "3");

        awaitHeard("1", "2", "3");
        narrow.stop();
        small.awaitIdle();
    }

    @Test
    void aThreadThatWasRefusedMakesNoRoomForOneMore() throws Exception {
        AtomicInteger now = new AtomicInteger();
        CountDownLatch goOn = new CountDownLatch(1);
        FakeBeans beans =
                new FakeBeans(
                        true,
                        message -> {
                            if (text(message).equals("long")) {
                                now.incrementAndGet();
                                awaitQuietly(goOn);
                                heard.add("long");
                            }
                        });
        FakeServer small = new FakeServer(1);
        TaffrailResourceAdapter narrow = started(small);
        TaffrailActivationSpec spec = queue("orders");
        spec.setMaxSession(2);
        narrow.endpointActivation(beans, spec);
        send(context.createQueue("orders"), "refused");
        await().until(() -> waiting("orders") == 0);

        small.hire(8);
        await().until(
                        () -> {
                            send(context.createQueue("orders"), "short");
                            return small.busy() == 2;
                        });
        send(context.createQueue("orders"), "long", "long", "long", "long");

        await().until(() -> now.get() == 2);
        await().during(Duration.ofMillis(300)).until(() -> now.get() == 2 && small.busy() == 2);
        goOn.countDown();
        awaitHeard("long", "long", "long", "long");
        narrow.stop();
    }

    @Test
    void keepsTheOrderWithOneSession() throws Exception {
        TaffrailActivationSpec spec = queue("orders");
        spec.setMaxSession(1);
        adapter.endpointActivation(hearing(true), spec);

        send(context.createQueue("orders"), "c", "a", "b");

        await().untilAsserted(() -> assertEquals(List.of("c", "a", "b"), heard));
    }

    @Test
    void leavesToOthersWhatTheSelectorDoesNotMatch() throws Exception {
        TaffrailActivationSpec spec = queue("orders");
        spec.setMessageSelector("size > 5");
        adapter.endpointActivation(hearing(true), spec);

        context.createProducer().setProperty("size", 4).send(context.createQueue("orders"), "4");
        context.createProducer().setProperty("size", 6).send(context.createQueue("orders"), "6");

        awaitHeard("6");
        assertEquals(1, waiting("orders"));
    }

    @Test
    void acknowledgesLateWhereDuplicatesAreAllowedButAcknowledgesAll() throws Exception {
        TaffrailActivationSpec spec = queue("orders");
        spec.setAcknowledgeMode("Dups-ok-acknowledge");
        spec.setPrefetch(100);
        spec.setMaxSession(1);
        adapter.endpointActivation(hearing(false), spec);

        for (int i = 0; i < 100; i++) {
            send(context.createQueue("orders"), "" + i);
        }

        await().until(() -> heard.size() == 100 && waiting("orders") == 0);
    }

    @Test
    void aMessageDoesNotWaitForABusySessionWhileAnotherIsFree() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        FakeBeans beans =
                new FakeBeans(
                        true,
                        message -> {
                            heard.add(text(message));
                            if (text(message).equals("long")) {
                                awaitQuietly(busy);
                            }
                        });
        TaffrailActivationSpec spec = queue("orders");
        spec.setMaxSession(2);
        adapter.endpointActivation(beans, spec);

        send(context.createQueue("orders"), "long", "a", "b", "c", "d");

        awaitHeard("a", "b", "c", "d", "long");
        busy.countDown();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
