// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.taffrail.broker.store.StoreException;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.record.DestinationKind;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a message costs the broker between its sockets and its disk: frames in, frames out, with
 * sessions, loop and core, {@value #MESSAGES} messages a turn. Beside {@link CoreBenchmark} it has
 * the frames, and a connection for each client.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SessionBenchmark {
    private static final int MESSAGES = 64;

    /** Called by JMH only. */
    public SessionBenchmark() {}

    /** One producer and some consumers that get each message; they accept when a round is over. */
    private static final class Round {
        private final MemoryBroker broker;
        private final MemoryClient producer;
        private final List<MemoryClient> consumers = new ArrayList<>();

        Round(DestinationKind kind, ClientFrame.Source source, int count) throws StoreException {
            broker = new MemoryBroker();
            for (int i = 0; i < count; i++) {
                MemoryClient consumer = broker.client();
                consumer.consume(source, kind, "benchmark");
                consumers.add(consumer);
            }
            producer = broker.client();
            producer.produce(kind, "benchmark");
            long before = frames();
            carryOut();
            if (frames() - before < (long) MESSAGES * count) {
                throw new IllegalStateException(frames() - before + " frames came");
            }
        }

        void carryOut() {
            for (int i = 0; i < MESSAGES; i++) {
                producer.send();
            }
            broker.turn();
            for (MemoryClient consumer : consumers) {
                consumer.accept(producer.partition(), MESSAGES);
            }
            broker.turn();
        }

        private long frames() {
            return consumers.stream().mapToLong(MemoryClient::frames).sum();
        }
    }

    /** A queue with one consumer. */
    @State(Scope.Thread)
    public static class Queue {
        private Round round;

        /** Called by JMH only. */
        public Queue() {}

        /**
         * Makes the queue.
         *
         * @throws StoreException never
         */
        @Setup
        public void prepare() throws StoreException {
            round = new Round(DestinationKind.QUEUE, ClientFrame.Source.QUEUE, 1);
        }
    }

    /** A topic with subscribers. */
    @State(Scope.Thread)
    public static class Topic {
        /** How many. */
        @Param({"0", "1", "20"})
        public int subscribers;

        private Round round;

        /** Called by JMH only. */
        public Topic() {}

        /**
         * Makes the topic.
         *
         * @throws StoreException never
         */
        @Setup
        public void prepare() throws StoreException {
            round = new Round(DestinationKind.TOPIC, ClientFrame.Source.TOPIC, subscribers);
        }
    }

    /**
     * Sends, delivers and accepts messages of a queue.
     *
     * @param queue the queue
     */
    @Benchmark
    @InWords(
            "the broker without sockets and disk: a message of 1 KiB in as a frame, confirmed,"
                    + " out as a frame to the consumer of a queue, accepted")
    @OperationsPerInvocation(MESSAGES)
    public void queueSendDeliverAccept(Queue queue) {
        queue.round.carryOut();
    }

    /**
     * Publishes messages; all subscribers get and accept them.
     *
     * @param topic the topic
     */
    @Benchmark
    @InWords(
            "the broker without sockets and disk: a message of 1 KiB published and confirmed, out to"
                    + " each subscriber, accepted by each; with none it is the cost of a send")
    @OperationsPerInvocation(MESSAGES)
    public void topicPublish(Topic topic) {
        topic.round.carryOut();
    }
}
