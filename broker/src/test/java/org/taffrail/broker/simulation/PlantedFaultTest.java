// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.taffrail.broker.simulation.Violation.Invariant;
import org.taffrail.broker.store.Batch;

import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The simulation finds bugs: each of these faults, planted alone, breaks a promise within a bounded
 * number of histories. A rare one takes thousands; see {@link PlantSearch}.
 */
@Timeout(300)
class PlantedFaultTest {
    private static final int HISTORIES_MAX = 10_000;

    private static final int EVENT_DELETED = 2;
    private static final int EVENT_SETTLED = 5;
    private static final int EVENT_RELEASED = 6;
    private static final int EVENT_EXPOSED = 7;
    private static final int EVENT_STARTED = 9;
    private static final int EVENT_FILLED = 10;
    private static final int EVENT_RESTARTED = 11;
    private static final int EVENT_PRODUCER_OPENED = 12;
    private static final int EVENT_PRODUCER_ENDED = 13;
    private static final int EVENT_SENDS_REFUSED = 14;
    private static final int EVENT_COMMITTED = 15;
    private static final int EVENT_BRANCH_PREPARED = 16;
    private static final int EVENT_BRANCH_ENDED = 17;

    /** The faults. */
    enum Fault {
        EFFECTS_BEFORE_DURABILITY(
                StorePlants.EffectsBeforeDurability::new, Invariant.NO_ACKNOWLEDGED_SEND_LOST),
        BATCH_TORN_IN_TWO(
                StorePlants.TornBatches::new,
                Invariant.TRANSACTION_ALL_OR_NOTHING,
                Invariant.NO_ACKNOWLEDGED_SEND_LOST),
        COMPLETIONS_OUT_OF_ORDER(StorePlants.CompletionsOutOfOrder::new, Invariant.NOTHING_STUCK),
        NEVER_HURRIED(StorePlants.NeverHurried::new, Invariant.NOTHING_STUCK),
        SETTLEMENT_NOT_LOGGED(
                () -> new StorePlants.EventNotLogged(EVENT_SETTLED),
                Invariant.NO_SETTLED_MESSAGE_RETURNS),
        RELEASE_NOT_LOGGED(
                () -> new StorePlants.EventNotLogged(EVENT_RELEASED),
                Invariant.REDELIVERED_FLAG_SET),
        EXPOSURE_NOT_LOGGED(
                () -> new StorePlants.EventNotLogged(EVENT_EXPOSED),
                Invariant.REDELIVERED_FLAG_SET),
        START_NOT_LOGGED(
                () -> new StorePlants.EventNotLogged(EVENT_STARTED),
                Invariant.NO_ACKNOWLEDGED_SEND_LOST,
                Invariant.RECOVERED_STATE_EQUALS_LIVE_STATE),
        PAST_NOT_LOGGED(
                () -> new StorePlants.EventNotLogged(EVENT_FILLED),
                Invariant.NO_SETTLED_MESSAGE_RETURNS,
                Invariant.RECOVERED_STATE_EQUALS_LIVE_STATE),
        STAGED_TAKEN_FOR_ORDINARY(
                () -> new StorePlants.WithoutSteps(Batch.Stage.class),
                Invariant.TRANSACTION_ALL_OR_NOTHING),
        STAGED_NEVER_COMMITTED(
                () -> new StorePlants.WithoutSteps(Batch.Commit.class),
                Invariant.NO_ACKNOWLEDGED_SEND_LOST),
        ABORT_TAKEN_FOR_COMMIT(
                StorePlants.AbortTakenForCommit::new,
                Invariant.TRANSACTION_ALL_OR_NOTHING,
                Invariant.REFUSED_HAS_NO_EFFECT),
        BATCH_SKIPPED_IN_RECOVERY(
                RecoveryPlants.SkippedBatch::new, Invariant.NO_ACKNOWLEDGED_SEND_LOST),
        SNAPSHOT_CLAIMS_TOO_MUCH(
                RecoveryPlants.SnapshotClaimsTooMuch::new, Invariant.NO_ACKNOWLEDGED_SEND_LOST),
        DELAY_FORGOTTEN(
                RecoveryPlants.DelayForgotten::new,
                Invariant.DELIVERED_AS_ASKED,
                Invariant.RECOVERED_STATE_EQUALS_LIVE_STATE),
        DELAYS_IGNORED(PolicyPlants.DelaysIgnored::new, Invariant.DELIVERED_AS_ASKED),
        PATTERNS_IGNORED(PolicyPlants.PatternsIgnored::new, Invariant.NO_ACKNOWLEDGED_SEND_LOST),
        EXPIRED_NOT_KEPT(StorePlants.ExpiredNotKept::new, Invariant.NO_ACKNOWLEDGED_SEND_LOST),
        NEEDED_RECORDS_DISCARDED(RecoveryPlants.NeededDiscarded::new),
        LATE_SETTLEMENTS_FORGOTTEN(RecoveryPlants.LateSettlementsForgotten::new),
        RUNS_OF_A_BATCH_SWAPPED(
                StorePlants.SwappedRuns::new, Invariant.ORDER_KEPT_PER_PRODUCER_AND_PRIORITY),
        ACCEPT_TAKEN_FOR_RELEASE(
                FramePlants.AcceptTakenForRelease::new, Invariant.NO_SETTLED_MESSAGE_RETURNS),
        COMMIT_TAKEN_FOR_ROLLBACK(
                FramePlants.CommitTakenForRollback::new, Invariant.NO_ACKNOWLEDGED_SEND_LOST),
        RELEASE_TAKEN_FOR_UNSEEN(
                FramePlants.ReleaseTakenForUnseen::new, Invariant.REDELIVERED_FLAG_SET),
        DRAIN_FORGOTTEN(FramePlants.DrainForgotten::new, Invariant.NOTHING_STUCK),
        DISCONNECT_FORGOTTEN(SessionPlants.DisconnectForgotten::new, Invariant.NOTHING_STUCK),
        FLAG_FORGOTTEN(FramePlants.FlagForgotten::new, Invariant.REDELIVERED_FLAG_SET),
        KEYS_MIXED_UP(FramePlants.KeysMixedUp::new, Invariant.ONE_HOLDER_PER_KEY),
        DELIVERED_TWICE(FramePlants.DeliveredTwice::new, Invariant.ONE_HOLDER_PER_MESSAGE),
        BROWSER_TAKEN_FOR_CONSUMER(
                FramePlants.BrowserTakenForConsumer::new, Invariant.BROWSERS_TAKE_NOTHING),
        BROWSER_SHOWN_TOO_LITTLE(
                FramePlants.BrowserShownTooLittle::new, Invariant.BROWSERS_SHOW_WHAT_IS_READY),
        BROWSER_SHOWN_THE_PAST(
                FramePlants.BrowserShownThePast::new, Invariant.NO_SETTLED_MESSAGE_RETURNS),
        CONFIRMED_WITHOUT_APPEND(
                StorePlants.ConfirmedWithoutAppend::new, Invariant.NO_ACKNOWLEDGED_SEND_LOST),
        REFUSED_SEND_APPENDED(FramePlants.RefusedSendTold::new, Invariant.REFUSED_HAS_NO_EFFECT),
        NON_PERSISTENT_RECOVERED(
                RecoveryPlants.NonPersistentRecovered::new, Invariant.NON_PERSISTENT_AT_MOST_ONCE),
        BYTE_LOST_BETWEEN_CHUNKS(
                SessionPlants.ByteLostBetweenChunks::new, Invariant.ENDED_FOR_A_CAUSE),
        BYTE_LOST_ON_THE_WAY_OUT(SessionPlants.ByteLostOnTheWayOut::new, Invariant.WELL_FORMED),
        PING_UNHEARD(SessionPlants.PingUnheard::new, Invariant.ENDED_FOR_A_CAUSE),
        ANSWERS_LOST_IN_GOODBYE(SessionPlants.AnswersLostInGoodbye::new, Invariant.NOTHING_STUCK),
        ROOM_FORGOTTEN(SessionPlants.RoomForgotten::new, Invariant.NOTHING_STUCK),
        FLUSH_FORGOTTEN(SessionPlants.FlushForgotten::new, Invariant.NOTHING_STUCK),
        FLUSHES_SWAPPED(
                SessionPlants.FlushesSwapped::new, Invariant.ORDER_KEPT_PER_PRODUCER_AND_PRIORITY),
        PONG_FORGOTTEN(SessionPlants.PongForgotten::new, Invariant.NOTHING_STUCK),
        END_OF_ANOTHER(SessionPlants.EndOfAnother::new, Invariant.NOTHING_STUCK),
        DELIVERED_TO_ANOTHER(SessionPlants.DeliveredToAnother::new, Invariant.HEARD_BY_WHO_ASKED),
        PART_LOST(PartPlants.PartLost::new, Invariant.WELL_FORMED),
        PARTS_MIXED(PartPlants.PartsMixed::new, Invariant.WELL_FORMED),
        PARTLY_DELIVERED_AND_FORGOTTEN(PartPlants.PartlyDelivered::new, Invariant.NOTHING_STUCK),
        STAGED_PARTS_SWAPPED(PartPlants.StagedPartsSwapped::new, Invariant.WELL_FORMED),
        MOVED_NOT_SETTLED(
                () -> new ManagerPlants.SettlementForgotten(ManagerPlants.MOVED),
                Invariant.NO_ACKNOWLEDGED_SEND_LOST,
                Invariant.ONE_HOLDER_PER_MESSAGE,
                Invariant.NO_SETTLED_MESSAGE_RETURNS),
        MOVED_IN_TWO_BATCHES(
                ManagerPlants.SettledLater::new,
                Invariant.ONE_HOLDER_PER_MESSAGE,
                Invariant.NO_SETTLED_MESSAGE_RETURNS),
        PURGE_FORGETS_SOME(ManagerPlants.PurgeForgetsSome::new, Invariant.PURGED_IS_GONE),
        PURGE_NOT_LOGGED(
                () -> new ManagerPlants.SettlementForgotten(ManagerPlants.PURGED),
                Invariant.NO_SETTLED_MESSAGE_RETURNS),
        RESET_NOT_LOGGED(
                () -> new StorePlants.EventNotLogged(EVENT_RESTARTED),
                Invariant.NO_SETTLED_MESSAGE_RETURNS),
        DELETION_NOT_LOGGED(
                () -> new StorePlants.EventNotLogged(EVENT_DELETED), Invariant.DELETED_IS_GONE),
        DELETION_ONLY_SAID(ManagerPlants.DeletionOnlySaid::new, Invariant.DELETED_IS_GONE),
        ANOTHER_DELETED(ManagerPlants.AnotherDeleted::new, Invariant.DELETED_IS_GONE),
        RETRIED_ELSEWHERE(RetryPlants.RetriedElsewhere::new, Invariant.RETRIED_GOES_BACK),
        RETRY_FORGETS_SOME(RetryPlants.RetryForgetsSome::new, Invariant.RETRIED_GOES_BACK),
        RETRIED_NOT_SETTLED(
                RetryPlants.RetriedNotSettled::new,
                Invariant.ONE_HOLDER_PER_MESSAGE,
                Invariant.NO_SETTLED_MESSAGE_RETURNS),
        REPLAYED_TWICE(RetryPlants.ReplayedTwice::new, Invariant.REPLAYED_ONCE),
        RETENTION_IGNORED(HistoryPlants.RetentionIgnored::new, Invariant.KEPT_HISTORY_IS_SHOWN),
        RETENTION_ENDLESS(HistoryPlants.RetentionEndless::new, Invariant.HISTORY_HAS_BOUNDS),
        UNSETTLED_DROPPED(HistoryPlants.UnsettledDropped::new, Invariant.NO_ACKNOWLEDGED_SEND_LOST),
        KEPT_DISCARDED(HistoryPlants.KeptDiscarded::new, Invariant.KEPT_HISTORY_IS_SHOWN),
        MARKS_LOST_IN_A_SNAPSHOT(
                HistoryPlants.MarksLostInASnapshot::new, Invariant.KEPT_HISTORY_IS_SHOWN),
        REPLAY_BEGINS_TOO_LATE(HistoryPlants.BeginsTooLate::new, Invariant.KEPT_HISTORY_IS_SHOWN),
        CLIENT_NOT_LOGGED(
                () -> new StorePlants.EventNotLogged(EVENT_PRODUCER_OPENED),
                Invariant.NOT_FORGOTTEN),
        FAREWELL_NOT_LOGGED(
                () -> new StorePlants.EventNotLogged(EVENT_PRODUCER_ENDED),
                Invariant.RECOVERED_STATE_EQUALS_LIVE_STATE),
        REFUSAL_NOT_LOGGED(
                () -> new StorePlants.EventNotLogged(EVENT_SENDS_REFUSED),
                Invariant.DELETED_IS_GONE),
        OUTCOME_NOT_LOGGED(
                () -> new StorePlants.EventNotLogged(EVENT_COMMITTED),
                Invariant.TRANSACTION_ALL_OR_NOTHING),
        BRANCH_NOT_LOGGED(
                () -> new StorePlants.EventNotLogged(EVENT_BRANCH_PREPARED),
                Invariant.TRANSACTION_ALL_OR_NOTHING,
                Invariant.ONE_HOLDER_PER_MESSAGE),
        BRANCH_END_NOT_LOGGED(
                () -> new StorePlants.EventNotLogged(EVENT_BRANCH_ENDED),
                Invariant.RECOVERED_STATE_EQUALS_LIVE_STATE),
        SEQUENCES_FORGOTTEN(
                RecoveryPlants.SequencesForgotten::new, Invariant.ONE_HOLDER_PER_MESSAGE),
        CONFIRMED_TOO_EARLY(
                SessionPlants.ConfirmedTooEarly::new, Invariant.NO_ACKNOWLEDGED_SEND_LOST);

        private final Supplier<Plant> plant;
        private final Set<Invariant> breaks;

        /**
         * Makes a fault that breaks one of these promises; without any the broker itself refuses
         * it.
         */
        Fault(Supplier<Plant> plant, Invariant... breaks) {
            this.plant = plant;
            this.breaks = Set.of(breaks);
        }
    }

    /** Those that take more than a thousand histories, and shortly before which one. */
    private static final Map<Fault, Integer> RARE =
            Map.of(
                    Fault.SEQUENCES_FORGOTTEN,
                    3120,
                    Fault.REFUSAL_NOT_LOGGED,
                    3200,
                    Fault.BROWSER_SHOWN_THE_PAST,
                    510,
                    Fault.EFFECTS_BEFORE_DURABILITY,
                    300,
                    Fault.DELIVERED_TO_ANOTHER,
                    290,
                    Fault.CONFIRMED_TOO_EARLY,
                    165,
                    Fault.REPLAYED_TWICE,
                    155,
                    Fault.SETTLEMENT_NOT_LOGGED,
                    150);

    @ParameterizedTest
    @EnumSource
    void aPlantedFaultIsFound(Fault fault) {
        long first = RARE.getOrDefault(fault, 1);
        PlantSearch.Range range = new PlantSearch.Range(first, HISTORIES_MAX);
        PlantSearch.find(fault, fault.plant, Medium.MEMORY, fault.breaks, range);
    }
}
