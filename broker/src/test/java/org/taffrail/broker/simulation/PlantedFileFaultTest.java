// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.taffrail.broker.simulation.Violation.Invariant;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The simulation on files finds what is done wrong with files: each of these faults breaks one of
 * the rules that the embedded store keeps, alone, and is found within a bounded number of
 * histories. {@code docs/building.md} has the rules, and the seeds that were needed.
 */
@Timeout(600)
class PlantedFileFaultTest {
    private static final int HISTORIES_MAX = 5_000;

    /** The faults. */
    enum Fault {
        SEGMENT_NOT_FORCED(() -> new FilePlants.ForceMissing("segment-", ".journal")),
        PREPARED_SEGMENT_NOT_FORCED(() -> new FilePlants.ForceMissing("segment-", ".tmp")),
        TENURED_NOT_FORCED(() -> new FilePlants.ForceMissing("tenured-", "")),
        SNAPSHOT_NOT_FORCED(() -> new FilePlants.ForceMissing("snapshot-", "")),
        MANIFEST_NOT_FORCED(() -> new FilePlants.ForceMissing("manifest", "")),
        MANIFEST_NOT_ATOMIC(FilePlants.ManifestNotAtomic::new),
        NAMES_NEVER_FORCED(FilePlants.NamesNeverForced::new),
        LISTED_BEFORE_NAMED(FilePlants.ListedTooEarly::new),
        DELETED_TOO_EARLY(FilePlants.DeletedTooEarly::new),
        FAILED_FORCE_IGNORED(FilePlants.FailedForceIgnored::new),
        FORCES_SHARE_A_FILE(FilePlants.ForcesShareAFile::new),
        PAGES_TRUSTED_AFTER_A_FAILED_FORCE(FilePlants.PagesTrusted::new),
        SNAPSHOT_PUBLISHED_TOO_EARLY(FilePlants.PublishedTooEarly::new),
        KNOWN_DURABLE_TOO_HIGH(() -> new RetirePlants.DurableForged(sequence -> sequence)),
        KNOWN_DURABLE_TOO_LOW(() -> new RetirePlants.DurableForged(sequence -> 0)),
        CLAIM_FORGOTTEN(FilePlants.ClaimForgotten::new),
        NEEDED_DISCARDED(RecoveryPlants.NeededDiscarded::new),
        NEEDED_NOT_MOVED(RetirePlants.NeededNotMoved::new),
        RETIRED_OFFSET_READ_WRONG(RetirePlants.OffsetReadWrong::new),
        HOLES_LOST_IN_A_SNAPSHOT(RetirePlants.HolesLost::new),
        RELEASED_TWICE(RetirePlants.ReleasedTwice::new),
        STAGED_FREED_EARLY(RetirePlants.StagedFreedEarly::new),
        FAILURE_UNHEARD(RetirePlants.FailureUnheard::new),
        EFFECTS_BEFORE_DURABILITY(StorePlants.EffectsBeforeDurability::new),
        SAID_TOO_EARLY(StorePlants.SaidTooEarly::new);

        private final Supplier<Plant> plant;

        Fault(Supplier<Plant> plant) {
            this.plant = plant;
        }
    }

    /** What a file does not hold any more may be missed by a start, a client or the core itself. */
    private static final Set<Invariant> BREAKS = EnumSet.allOf(Invariant.class);

    /** Those that take more than a thousand histories, and shortly before which one. */
    private static final Map<Fault, Integer> RARE =
            Map.of(
                    Fault.FORCES_SHARE_A_FILE,
                    1870,
                    Fault.KNOWN_DURABLE_TOO_LOW,
                    2620,
                    Fault.LISTED_BEFORE_NAMED,
                    4230,
                    Fault.SAID_TOO_EARLY,
                    145);

    @ParameterizedTest
    @EnumSource
    void aPlantedFaultIsFound(Fault fault) {
        long first = RARE.getOrDefault(fault, 1);
        PlantSearch.Range range = new PlantSearch.Range(first, HISTORIES_MAX);
        PlantSearch.find(fault, fault.plant, Medium.FILES, BREAKS, range);
    }
}
