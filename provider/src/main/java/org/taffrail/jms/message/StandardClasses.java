// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms.message;

import java.util.Set;

/**
 * The JDK's classes that every object message may hold: values and collections whose
 * deserialization does nothing but rebuild them. By name, as some are in modules that an
 * application may lack, or are private. Left out on purpose: {@code URL} (asks the network when
 * hashed), {@code PriorityQueue}, reflection, proxies, lambdas, {@code Collections.nCopies} and
 * {@code checked…} wrappers.
 */
final class StandardClasses {
    /** Packages, each with its last dot. */
    static final Set<String> PACKAGES =
            Set.of("java.time.", "java.time.chrono.", "java.time.zone.");

    /** Binary names. */
    static final Set<String> NAMES =
            Set.of(
                    // values, with the superclasses that a stream names too
                    "java.lang.Boolean",
                    "java.lang.Byte",
                    "java.lang.Character",
                    "java.lang.Double",
                    "java.lang.Enum",
                    "java.lang.Float",
                    "java.lang.Integer",
                    "java.lang.Long",
                    "java.lang.Number",
                    "java.lang.Short",
                    "java.lang.String",
                    "java.lang.String$CaseInsensitiveComparator",
                    "java.math.BigDecimal",
                    "java.math.BigInteger",
                    "java.math.MathContext",
                    "java.math.RoundingMode",
                    "java.net.URI",
                    "java.sql.Date",
                    "java.sql.Time",
                    "java.sql.Timestamp",
                    "java.util.BitSet",
                    "java.util.Currency",
                    "java.util.Date",
                    "java.util.Locale",
                    "java.util.UUID",
                    // what arrays inside collections are of
                    "java.lang.Object",
                    "java.util.Map$Entry",
                    // collections
                    "java.util.AbstractMap$SimpleEntry",
                    "java.util.AbstractMap$SimpleImmutableEntry",
                    "java.util.ArrayDeque",
                    "java.util.ArrayList",
                    "java.util.Arrays$ArrayList",
                    "java.util.CollSer",
                    "java.util.Collections$EmptyList",
                    "java.util.Collections$EmptyMap",
                    "java.util.Collections$EmptySet",
                    "java.util.Collections$ReverseComparator",
                    "java.util.Collections$SingletonList",
                    "java.util.Collections$SingletonMap",
                    "java.util.Collections$SingletonSet",
                    "java.util.Collections$SynchronizedCollection",
                    "java.util.Collections$SynchronizedList",
                    "java.util.Collections$SynchronizedMap",
                    "java.util.Collections$SynchronizedRandomAccessList",
                    "java.util.Collections$SynchronizedSet",
                    "java.util.Collections$UnmodifiableCollection",
                    "java.util.Collections$UnmodifiableList",
                    "java.util.Collections$UnmodifiableMap",
                    "java.util.Collections$UnmodifiableRandomAccessList",
                    "java.util.Collections$UnmodifiableSet",
                    "java.util.Collections$UnmodifiableSortedMap",
                    "java.util.Collections$UnmodifiableSortedSet",
                    "java.util.EnumMap",
                    "java.util.EnumSet",
                    "java.util.EnumSet$SerializationProxy",
                    "java.util.HashMap",
                    "java.util.HashSet",
                    "java.util.Hashtable",
                    "java.util.ImmutableCollections$List12",
                    "java.util.ImmutableCollections$ListN",
                    "java.util.ImmutableCollections$Map1",
                    "java.util.ImmutableCollections$MapN",
                    "java.util.ImmutableCollections$Set12",
                    "java.util.ImmutableCollections$SetN",
                    "java.util.JumboEnumSet",
                    "java.util.LinkedHashMap",
                    "java.util.LinkedHashSet",
                    "java.util.LinkedList",
                    "java.util.Properties",
                    "java.util.RegularEnumSet",
                    "java.util.Stack",
                    "java.util.TreeMap",
                    "java.util.TreeSet",
                    "java.util.Vector",
                    "java.util.concurrent.ConcurrentHashMap",
                    "java.util.concurrent.ConcurrentHashMap$Segment",
                    "java.util.concurrent.CopyOnWriteArrayList",
                    "java.util.concurrent.atomic.AtomicBoolean",
                    "java.util.concurrent.atomic.AtomicInteger",
                    "java.util.concurrent.atomic.AtomicLong",
                    "java.util.concurrent.locks.AbstractOwnableSynchronizer",
                    "java.util.concurrent.locks.AbstractQueuedSynchronizer",
                    "java.util.concurrent.locks.ReentrantLock",
                    "java.util.concurrent.locks.ReentrantLock$NonfairSync",
                    "java.util.concurrent.locks.ReentrantLock$Sync");

    private StandardClasses() {}
}
