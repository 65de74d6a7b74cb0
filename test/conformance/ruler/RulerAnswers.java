import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import software.amazon.event.ruler.JsonRuleCompiler;
import software.amazon.event.ruler.Machine;

/**
 * Reads lines such as {"pattern":"<JSON>","events":["<JSON>", …]} and answers each with a line: "refused: <why>", or
 * 1 (match) and 0 (no match) for each event. The JSON is a string within JSON, so that it arrives unchanged.
 */
public final class RulerAnswers {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RulerAnswers() { }

    public static void main(final String[] arguments) throws Exception {
        final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            final JsonNode question = JSON.readTree(line);
            out.println(answer(question.get("pattern").asText(), question.get("events")));
        }
    }

    private static String answer(final String pattern, final JsonNode events) throws Exception {
        // A field given twice, once beside $or and once in it, would silently count only once.
        final String problem = JsonRuleCompiler.check(pattern, false);
        if (problem != null) {
            return refused(problem);
        }
        final Machine machine = new Machine();
        try {
            machine.addRule("rule", pattern);
        } catch (Exception thrown) {
            return refused(String.valueOf(thrown.getMessage()));
        }
        final StringJoiner answers = new StringJoiner(" ");
        for (final JsonNode event : events) {
            answers.add(machine.rulesForJSONEvent(event.asText()).isEmpty() ? "0" : "1");
        }
        return answers.toString();
    }

    private static String refused(final String why) {
        return "refused: " + why.lines().findFirst().orElse("");
    }
}
