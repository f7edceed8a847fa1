// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;

class RecorderTest {
    private final Recorder recorder = new Recorder();

    @Test
    void keepsOnlySoManyDetailsAndCountsTheRest() throws IOException {
        for (int i = 0; i < Uses.DETAILS_MAX + 17; i++) {
            recorder.used(Feature.SELECTOR, "a = " + i);
        }
        recorder.used(Feature.SELECTOR, "a = 5");

        assertEquals(Uses.DETAILS_MAX, recorder.uses(Feature.SELECTOR).byDetail().size());
        assertEquals(2, Recorded.count(recorder, Feature.SELECTOR, "a = 5"));
        assertTrue(Recorded.text(recorder).contains("\nlost\tSELECTOR\t17\n"));
    }

    @Test
    void keepsOnlySoManyDestinationsAndCountsTheRest() throws IOException {
        for (int i = 0; i < Recorder.DESTINATIONS_MAX; i++) {
            recorder.destination(DestinationKind.QUEUE, "q" + i);
        }
        DestinationUse beyond = recorder.destination(DestinationKind.QUEUE, "one more");
        beyond.sent(BodyKind.TEXT, 3);

        assertSame(beyond, recorder.destination(DestinationKind.TOPIC, "and another"));
        assertTrue(Recorded.text(recorder).contains("\nlost\tdestinations\t2\n"));
        assertTrue(Recorded.text(recorder).contains("\ndest\tQUEUE\t\t\t"));
    }

    @Test
    void cutsLongDetailsOff() {
        recorder.used(Feature.SELECTOR, "x".repeat(Recorder.DETAIL_CHARS_MAX + 100));
        assertEquals(
                1,
                Recorded.count(recorder, Feature.SELECTOR, "x".repeat(Recorder.DETAIL_CHARS_MAX)));
    }

    @Test
    void losesNoCountOfManyThreads() throws InterruptedException {
        int threads = 4;
        int each = 20_000;
        CountDownLatch go = new CountDownLatch(1);
        Thread[] all = new Thread[threads];
        for (int t = 0; t < threads; t++) {
            all[t] =
                    new Thread(
                            () -> {
                                try {
                                    go.await();
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                }
                                DestinationUse queue =
                                        recorder.destination(DestinationKind.QUEUE, "q");
                                for (int i = 0; i < each; i++) {
                                    recorder.used(Feature.PRIORITY, Integer.toString(i % 10));
                                    queue.sent(BodyKind.TEXT, i);
                                }
                            });
            all[t].start();
        }
        go.countDown();
        for (Thread thread : all) {
            thread.join();
        }
        assertEquals(threads * each / 10, Recorded.count(recorder, Feature.PRIORITY, "3"));
        DestinationUse queue = recorder.destination(DestinationKind.QUEUE, "q");
        assertEquals(threads * each, queue.sent().count());
        assertEquals(each - 1, queue.sent().sizesOrNull().maxBytes());
    }

    @Test
    void knowsTheBusiestSecondAndMinute() {
        Rates rates = new Rates();
        // 10 in each second for a minute, then 100 in one, then none
        long sent = 0;
        for (int second = 0; second < 60; second++) {
            sent += 10;
            rates.tick(sent, 0);
        }
        sent += 100;
        rates.tick(sent, 7);
        for (int second = 0; second < 200; second++) {
            rates.tick(sent, 7);
        }
        assertEquals(100, rates.sentSecondMax());
        assertEquals(59 * 10 + 100, rates.sentMinuteMax());
        assertEquals(7, rates.receivedMinuteMax());
    }

    @Property
    void aBucketHoldsItsSizesAndIsAQuarterTooHighAtMost(
            @ForAll @LongRange(min = 0, max = (1L << 31) - 1) long bytes) {
        int bucket = Sizes.bucket(bytes);
        long upper = Sizes.upperBytes(bucket);
        assertTrue(upper >= bytes && upper <= bytes + bytes / 4 + 1, () -> bytes + " " + upper);
        assertTrue(bucket == 0 || Sizes.upperBytes(bucket - 1) < bytes);
    }
}
