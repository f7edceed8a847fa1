// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.taffrail.link.Link;
import org.taffrail.wire.ByteSource;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.Fields;
import org.taffrail.wire.record.CompressedBody;
import org.taffrail.wire.record.RecordView;
import org.taffrail.wire.record.TypedValues;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/**
 * One message for people, or as JSON: headers, properties, and the body by its type. Serialized
 * objects are never read, only shown as bytes.
 */
public final class MessageLines {
    private static final int BODY_CHARS_MAX = 200;

    /** The most a compressed body may become, and that is read to be sent. */
    static final int BODY_BYTES_MAX = 256 << 20;

    private final Link.Delivery delivery;
    private final RecordView record;
    private final boolean full;
    private final int bodyCharsMax;

    MessageLines(Link.Delivery delivery, boolean full) {
        this(delivery, full, BODY_CHARS_MAX);
    }

    /**
     * Makes one for those who can't say {@code --full}.
     *
     * @param delivery the message
     * @param bodyCharsMax how many characters of the body are shown
     */
    public MessageLines(Link.Delivery delivery, int bodyCharsMax) {
        this(delivery, false, bodyCharsMax);
    }

    private MessageLines(Link.Delivery delivery, boolean full, int bodyCharsMax) {
        this.delivery = delivery;
        this.full = full;
        this.bodyCharsMax = bodyCharsMax;
        record = new RecordView().wrap(delivery.record(), 0);
    }

    private static String time(long ms) {
        return ms == 0 ? null : Instant.ofEpochMilli(ms).toString();
    }

    private Fields headers() {
        byte[] correlation = record.correlationBytes();
        return new Fields.Builder()
                .put("offset", delivery.offset())
                .put("messageId", record.messageId())
                .put("timestamp", time(record.timestampMs()))
                .put("priority", record.priority())
                .put("persistent", record.persistent())
                .put("deliveryCount", delivery.count())
                .put("redelivered", delivery.redelivered())
                .put("expiration", time(record.expirationMs()))
                .put("deliveryTime", time(record.deliveryTimeMs()))
                .put("type", record.type())
                .put("correlationId", record.correlationText())
                .put("correlationBytes", correlation == null ? null : base64(correlation))
                .put("replyTo", record.replyToName())
                .put("groupId", record.key())
                .put("userId", record.userId())
                .put("bodyType", record.bodyType().name().toLowerCase(Locale.ROOT))
                .put("bodyBytes", record.bodyLength())
                .build();
    }

    /**
     * Returns what a dead letter tells of its death, as a row.
     *
     * @return offset, message id, time, reason, count and origin, as far as they are known
     */
    public Fields death() {
        Map<String, Object> properties = record.properties();
        Object time = properties.get("JMS_TAFFRAIL_DEATH_TIME");
        Object count = properties.get("JMS_TAFFRAIL_DEATH_COUNT");
        Object subscription = properties.get("JMS_TAFFRAIL_ORIGIN_SUBSCRIPTION");
        Object kind = properties.get("JMS_TAFFRAIL_ORIGIN_KIND");
        Object name = properties.get("JMS_TAFFRAIL_ORIGIN");
        Fields.Builder row =
                new Fields.Builder()
                        .put("offset", delivery.offset())
                        .put("messageId", record.messageId())
                        .put("time", time instanceof Long ms ? time(ms) : null)
                        .put("reason", text(properties.get("JMS_TAFFRAIL_DEATH_REASON")));
        if (count instanceof Integer failures) {
            row.put("count", failures);
        }
        if (name != null) {
            String of = subscription == null ? "" : ", subscription " + subscription;
            row.put("from", (kind == null ? "" : kind + " ") + name + of);
        }
        return row.build();
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }

    String json() {
        return object().toString();
    }

    /**
     * Returns all of it: headers, properties, and the body as text.
     *
     * @return an object to which more may be put
     */
    public Json object() {
        Json json = Json.of(headers());
        Json properties = Json.object();
        record.properties().forEach((name, value) -> put(properties, name, value));
        return json.put("properties", properties).put("body", body());
    }

    private static void put(Json json, String name, Object value) {
        if (value instanceof Boolean flag) {
            json.put(name, flag.booleanValue());
        } else if (value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte) {
            json.put(name, ((Number) value).longValue());
        } else {
            json.put(name, shown(value));
        }
    }

    String text() {
        StringBuilder text = new StringBuilder("message ");
        StringJoiner words = new StringJoiner(" ");
        headers()
                .values()
                .forEach(
                        (name, value) ->
                                words.add(
                                        name
                                                + "="
                                                + (value instanceof String word
                                                        ? Table.plain(word)
                                                        : value)));
        text.append(words);
        record.properties()
                .forEach(
                        (name, value) ->
                                text.append(System.lineSeparator())
                                        .append("  ")
                                        .append(Table.plain(name))
                                        .append(" = ")
                                        .append(Table.plain(shown(value))));
        String body = body();
        if (body != null) {
            text.append(System.lineSeparator())
                    .append("  body: ")
                    .append(full ? body : Table.plain(body));
        }
        return text.toString();
    }

    private static String shown(Object value) {
        return value instanceof byte[] bytes ? base64(bytes) : String.valueOf(value);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Returns the body as text, cut unless all of it is wanted; null where there is none. */
    private String body() {
        if (record.bodyIsNull() || record.bodyLength() == 0) {
            return null;
        }
        String text;
        try {
            text = wholeBody();
        } catch (WireException e) {
            return "(can't be read: " + e.getMessage() + ")";
        }
        if (full || text.length() <= bodyCharsMax) {
            return text;
        }
        int end = bodyCharsMax - (Character.isHighSurrogate(text.charAt(bodyCharsMax - 1)) ? 1 : 0);
        return text.substring(0, end) + "... (" + text.length() + " characters, --full shows all)";
    }

    /**
     * Returns the body alone, to its end, as text; empty where there is none.
     *
     * @throws WireException if it can't be read
     */
    String bodyAlone() {
        return record.bodyIsNull() || record.bodyLength() == 0 ? "" : wholeBody();
    }

    private String wholeBody() {
        byte[] array = delivery.record();
        int at = record.bodyAt();
        byte[] body;
        if (record.compressed()) {
            CompressedBody.checkLength(array, at, record.bodyLength(), BODY_BYTES_MAX);
            body = CompressedBody.expand(array, at, record.bodyLength());
        } else {
            body = Arrays.copyOfRange(array, at, at + record.bodyLength());
        }
        return switch (record.bodyType()) {
            case TEXT -> new String(body, StandardCharsets.UTF_8);
            case MAP -> map(new ByteSource(body));
            case STREAM -> stream(new ByteSource(body));
            case BYTES, OBJECT, NONE -> base64(body);
        };
    }

    private static String map(ByteSource source) {
        StringJoiner entries = new StringJoiner(", ", "{", "}");
        int count = source.getCount(source.remaining(), "map entries");
        for (int i = 0; i < count; i++) {
            entries.add(source.getText() + "=" + shown(TypedValues.read(source)));
        }
        return entries.toString();
    }

    private static String stream(ByteSource source) {
        StringJoiner values = new StringJoiner(", ", "[", "]");
        while (source.remaining() > 0) {
            values.add(shown(TypedValues.read(source)));
        }
        return values.toString();
    }
}
