// SPDX-License-Identifier: Apache-2.0
package org.taffrail.peer.kafka.jms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import jakarta.jms.JMSException;
import jakarta.jms.Session;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

class IntakeTest {
    private static final TopicPartition PARTITION = new TopicPartition("orders", 0);

    private final Noting consumer = new Noting();
    private long written;

    /** Kafka's own stand-in, which forgets its commits when it is closed or its partition taken. */
    private static final class Noting extends MockConsumer<byte[], byte[]> {
        private long committed;

        Noting() {
            super("latest");
        }

        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
            note(offsets);
        }

        @Override
        public synchronized void commitAsync(
                Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
            note(offsets);
        }

        private void note(Map<TopicPartition, OffsetAndMetadata> offsets) {
            committed = offsets.get(PARTITION).offset();
        }
    }

    @Test
    void becomesAMemberAndGivesTheMessagesInOrder() throws JMSException {
        Intake intake = member(Session.AUTO_ACKNOWLEDGE);
        write(3);

        assertEquals(0, next(intake).offset());
        assertEquals(1, next(intake).offset());
        assertEquals(2, next(intake).offset());
        assertNull(next(intake));
    }

    @Test
    void commitsAfterEachPollWhatWasHandledInIt() throws JMSException {
        Intake intake = member(Session.AUTO_ACKNOWLEDGE);
        write(2);

        next(intake);
        next(intake);
        assertCommitted(0);

        next(intake);
        assertCommitted(2);
    }

    @Test
    void leavesTheCommitToTheApplicationWhereThatAcknowledges() throws JMSException {
        Intake intake = member(Session.CLIENT_ACKNOWLEDGE);
        write(3);

        next(intake);
        next(intake);
        intake.commit();
        assertCommitted(2);

        next(intake);
        next(intake);
        intake.close();
        assertCommitted(2);
    }

    @Test
    void commitsWhenItIsClosedWhatWasHandledAndNoMore() throws JMSException {
        Intake intake = member(Session.DUPS_OK_ACKNOWLEDGE);
        write(3);

        next(intake);
        next(intake);
        assertCommitted(0);
        intake.close();

        assertCommitted(2);
    }

    @Test
    void commitsBeforeAPartitionIsTakenFromIt() throws JMSException {
        Intake intake = member(Session.DUPS_OK_ACKNOWLEDGE);
        write(1);
        next(intake);
        consumer.schedulePollTask(() -> consumer.rebalance(Set.of()));

        assertNull(next(intake));

        assertCommitted(1);
    }

    @Test
    void aSubscriberBeginsAtTheEnd() throws JMSException {
        consumer.updateEndOffsets(Map.of(PARTITION, 7L));

        Intake intake = new Intake(consumer, Session.AUTO_ACKNOWLEDGE);
        intake.take("orders", 1, false);

        assertEquals(7, consumer.position(PARTITION));
        assertCommitted(0);
        assertNull(next(intake));
    }

    @Test
    void aDurableSubscriptionHasAPositionFromItsBeginningOn() {
        consumer.updateEndOffsets(Map.of(PARTITION, 7L));

        new Intake(consumer, Session.AUTO_ACKNOWLEDGE).take("orders", 1, true);

        assertCommitted(7);
    }

    /** Of the group {@code orders}, with its only partition from the first poll on. */
    private Intake member(int mode) {
        consumer.updateEndOffsets(Map.of(PARTITION, 0L));
        Intake intake = new Intake(consumer, mode);
        intake.join("orders");
        consumer.schedulePollTask(() -> consumer.rebalance(List.of(PARTITION)));
        return intake;
    }

    /** Once the member has its partition. */
    private void write(int messages) {
        consumer.schedulePollTask(
                () -> {
                    for (int i = 0; i < messages; i++) {
                        consumer.addRecord(
                                new ConsumerRecord<>("orders", 0, written++, null, new byte[1]));
                    }
                });
    }

    private static ConsumerRecord<byte[], byte[]> next(Intake intake) throws JMSException {
        return intake.next(Duration.ZERO);
    }

    private void assertCommitted(long expected) {
        assertEquals(expected, consumer.committed);
    }
}
