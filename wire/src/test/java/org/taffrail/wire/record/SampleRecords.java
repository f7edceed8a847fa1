// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.record;

import org.taffrail.wire.ByteSink;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Records with a random choice of everything that a record can have, from a seed. */
final class SampleRecords {
    private static final String[] TEXTS = {"", "a", "Änderung", "日本語", "😀", "x".repeat(300)};

    /** What was written, to compare with what is read. */
    static final class Expected {
        long idHigh;
        long idLow;
        long timestampMs;
        boolean timestampDisabled;
        boolean persistent;
        int priority;
        BodyType bodyType;
        boolean bodyNull;
        boolean compressed;
        long expirationMs;
        long deliveryTimeMs;
        String key;
        String correlation;
        byte[] correlationBytes;
        String type;
        DestinationKind replyToKind;
        String replyTo;
        String clientId;
        String userId;
        String foreignId;
        Map<String, Object> properties = new LinkedHashMap<>();
        byte[] body;
    }

    private SampleRecords() {}

    static Expected random(Random random) {
        Expected expected = new Expected();
        expected.idHigh = random.nextLong();
        expected.idLow = random.nextLong();
        expected.timestampMs = random.nextLong();
        expected.timestampDisabled = random.nextInt(4) == 0;
        expected.persistent = random.nextBoolean();
        expected.priority = random.nextInt(10);
        expected.bodyType = BodyType.values()[random.nextInt(BodyType.values().length)];
        expected.bodyNull = random.nextInt(8) == 0;
        expected.compressed = random.nextInt(8) == 0;
        expected.expirationMs = random.nextBoolean() ? 0 : 1 + random.nextInt(1 << 30);
        expected.deliveryTimeMs = random.nextBoolean() ? 0 : 1 + random.nextInt(1 << 30);
        expected.key = maybe(random);
        if (random.nextBoolean()) {
            expected.correlation = maybe(random);
        } else {
            expected.correlationBytes = random.nextBoolean() ? null : bytes(random, 40);
        }
        expected.type = maybe(random);
        expected.replyTo = maybe(random);
        expected.replyToKind =
                expected.replyTo == null ? null : DestinationKind.of(random.nextInt(4));
        expected.clientId = maybe(random);
        expected.userId = maybe(random);
        expected.foreignId = maybe(random);
        int properties = random.nextInt(6);
        for (int i = 0; i < properties; i++) {
            expected.properties.put("p" + i + TEXTS[random.nextInt(5)], value(random));
        }
        expected.body = bytes(random, 200);
        return expected;
    }

    static void encode(Expected expected, ByteSink sink) {
        RecordEncoder encoder = new RecordEncoder(sink);
        encoder.begin(
                expected.idHigh,
                expected.idLow,
                expected.timestampMs,
                expected.persistent,
                expected.priority);
        encoder.bodyType(expected.bodyType, expected.bodyNull);
        if (expected.timestampDisabled) {
            encoder.timestampDisabled();
        }
        if (expected.compressed) {
            encoder.compressed();
        }
        encoder.expiration(expected.expirationMs)
                .deliveryTime(expected.deliveryTimeMs)
                .key(expected.key)
                .correlation(expected.correlation)
                .correlation(expected.correlationBytes)
                .type(expected.type)
                .replyTo(expected.replyToKind, expected.replyTo)
                .clientId(expected.clientId)
                .userId(expected.userId)
                .messageIdText(expected.foreignId)
                .properties(expected.properties);
        sink.putBytes(expected.body, 0, expected.body.length);
        encoder.end();
    }

    /** Appends a run of random records and returns what was written. */
    static Expected[] run(Random random, ByteSink sink) {
        int at = RunLayout.begin(sink, random.nextInt(9), random.nextLong(), random.nextLong());
        Expected[] all = new Expected[1 + random.nextInt(5)];
        for (int i = 0; i < all.length; i++) {
            all[i] = random(random);
            encode(all[i], sink);
        }
        RunLayout.end(sink, at, all.length);
        return all;
    }

    static Object value(Random random) {
        switch (random.nextInt(11)) {
            case 0:
                return null;
            case 1:
                return random.nextBoolean();
            case 2:
                return (byte) random.nextInt();
            case 3:
                return (short) random.nextInt();
            case 4:
                return random.nextInt();
            case 5:
                return random.nextLong();
            case 6:
                return Float.intBitsToFloat(random.nextInt());
            case 7:
                return Double.longBitsToDouble(random.nextLong());
            case 8:
                return (char) random.nextInt();
            case 9:
                return bytes(random, 20);
            default:
                return TEXTS[random.nextInt(TEXTS.length)];
        }
    }

    static byte[] bytes(Random random, int lengthMax) {
        byte[] bytes = new byte[random.nextInt(lengthMax + 1)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String maybe(Random random) {
        return random.nextInt(3) > 0 ? null : TEXTS[random.nextInt(TEXTS.length)];
    }
}
