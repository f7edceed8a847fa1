// SPDX-License-Identifier: Apache-2.0
package org.taffrail.peer.kafka.jms;

import jakarta.jms.JMSException;
import jakarta.jms.Session;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * What one consumer polls, a message at a time, and how far it has come.
 *
 * <p>Used by one thread at a time; only {@link #awaitMembership} may be called by any other.
 */
final class Intake {
    private static final Duration AUTO_COMMIT = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final long JOIN_SECONDS = 60;

    private final Consumer<byte[], byte[]> consumer;
    private final int mode;
    private final Queue<ConsumerRecord<byte[], byte[]>> polled = new ArrayDeque<>();
    private final CountDownLatch member = new CountDownLatch(1);
    private ConsumerRecord<byte[], byte[]> last;

    /** By partition, the position behind what was handled; 0 where nothing is to be committed. */
    private long[] handled = new long[0];

    private String topic;
    private long committedNs = System.nanoTime();

    Intake(Consumer<byte[], byte[]> consumer, int mode) {
        this.consumer = consumer;
        this.mode = mode;
    }

    /**
     * Opens a consumer.
     *
     * @param settings where
     * @param topic the topic
     * @param partitions how many that has
     * @param group the consumer's group
     * @param mode the session's
     * @return the consumer's intake
     * @throws JMSException if Kafka refuses
     */
    static Intake open(Settings settings, String topic, int partitions, Group group, int mode)
            throws JMSException {
        Consumer<byte[], byte[]> consumer = Clients.consumer(settings, group);
        Intake intake = new Intake(consumer, mode);
        try {
            if (group.shared()) {
                intake.join(topic);
            } else {
                intake.take(topic, partitions, group.kept());
            }
        } catch (KafkaException e) {
            consumer.close();
            throw Failures.of(e);
        }
        return intake;
    }

    void join(String ofTopic) {
        topic = ofTopic;
        consumer.subscribe(List.of(topic), new Membership());
    }

    /** Takes all partitions, from where the group is, or from here on. */
    void take(String ofTopic, int partitions, boolean kept) {
        topic = ofTopic;
        List<TopicPartition> all =
                IntStream.range(0, partitions)
                        .mapToObj(partition -> new TopicPartition(topic, partition))
                        .toList();
        consumer.assign(all);
        Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
        for (TopicPartition partition : all) {
            // the end is where it is when somebody asks
            positions.put(partition, new OffsetAndMetadata(consumer.position(partition)));
        }
        if (kept) {
            consumer.commitSync(positions);
        }
        member.countDown();
    }

    /** Hears which partitions this member of a group has. */
    private final class Membership implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            member.countDown();
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            // called from poll, so that nothing polled is left
            Map<TopicPartition, OffsetAndMetadata> positions = takeHandled();
            if (commitsByItself() && !positions.isEmpty()) {
                consumer.commitSync(positions);
            }
        }
    }

    /**
     * Waits until a member of a group has its partitions; some other thread polls.
     *
     * @throws JMSException if that does not happen within a minute
     */
    void awaitMembership() throws JMSException {
        try {
            if (!member.await(JOIN_SECONDS, TimeUnit.SECONDS)) {
                throw noPartitions();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.of(e);
        }
    }

    /**
     * The next message; the one before is taken to have been handled.
     *
     * @param timeout how long to wait, besides what it takes to become a member
     * @return the message, or null if none came
     * @throws JMSException if Kafka fails
     */
    ConsumerRecord<byte[], byte[]> next(Duration timeout) throws JMSException {
        noteLast();
        try {
            if (polled.isEmpty()) {
                commitWhatIsDue();
                becomeMember();
                if (polled.isEmpty()) {
                    poll(timeout);
                }
            }
        } catch (KafkaException e) {
            throw Failures.of(e);
        }
        last = polled.poll();
        return last;
    }

    private void becomeMember() throws JMSException {
        long giveUpNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(JOIN_SECONDS);
        while (member.getCount() > 0) {
            poll(LOOK);
            if (System.nanoTime() - giveUpNs > 0) {
                throw noPartitions();
            }
        }
    }

    private static JMSException noPartitions() {
        return new JMSException("No partitions for " + JOIN_SECONDS + " s");
    }

    private void poll(Duration timeout) {
        consumer.poll(timeout).forEach(polled::add);
    }

    private void noteLast() {
        if (last != null) {
            if (last.partition() >= handled.length) {
                handled = Arrays.copyOf(handled, last.partition() + 1);
            }
            handled[last.partition()] = last.offset() + 1;
            last = null;
        }
    }

    /** What is to be committed, which from now on it no longer is. */
    private Map<TopicPartition, OffsetAndMetadata> takeHandled() {
        Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
        for (int partition = 0; partition < handled.length; partition++) {
            if (handled[partition] > 0) {
                positions.put(
                        new TopicPartition(topic, partition),
                        new OffsetAndMetadata(handled[partition]));
                handled[partition] = 0;
            }
        }
        return positions;
    }

    private boolean commitsByItself() {
        return mode == Session.AUTO_ACKNOWLEDGE || mode == Session.DUPS_OK_ACKNOWLEDGE;
    }

    private void commitWhatIsDue() {
        boolean due =
                mode == Session.AUTO_ACKNOWLEDGE
                        || mode == Session.DUPS_OK_ACKNOWLEDGE
                                && System.nanoTime() - committedNs > AUTO_COMMIT.toNanos();
        if (due) {
            Map<TopicPartition, OffsetAndMetadata> positions = takeHandled();
            if (!positions.isEmpty()) {
                consumer.commitAsync(positions, null);
            }
            committedNs = System.nanoTime();
        }
    }

    /**
     * Commits the position behind all messages so far, and waits for it.
     *
     * @throws JMSException if Kafka fails
     */
    void commit() throws JMSException {
        noteLast();
        try {
            Map<TopicPartition, OffsetAndMetadata> positions = takeHandled();
            if (!positions.isEmpty()) {
                consumer.commitSync(positions);
            }
        } catch (KafkaException e) {
            throw Failures.of(e);
        }
    }

    /**
     * Leaves the group; what this commits by itself is committed.
     *
     * @throws JMSException if Kafka fails
     */
    void close() throws JMSException {
        try {
            if (commitsByItself()) {
                commit();
            }
        } finally {
            consumer.close();
        }
    }
}
