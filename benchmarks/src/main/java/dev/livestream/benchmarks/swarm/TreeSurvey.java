package dev.livestream.benchmarks.swarm;

import dev.livestream.benchmarks.swarm.strategy.SimPeer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the trees look like at one moment: how many children the source has in each substream, how
 * deep viewers sit, and who has no way up to the source. A substream without a child of the source
 * reaches nobody, however well its members are connected among themselves.
 */
final class TreeSurvey {
  /** One substream's tree. */
  static final class Tree {
    int sourceChildren;
    int reached;
    int orphans;
    int adrift;
    int maxDepth;
    long depths;

    double meanDepth() {
      return reached == 0 ? 0 : (double) depths / reached;
    }
  }

  private static final int UNKNOWN = 0;
  private static final int ADRIFT = -1;

  private final Tree[] trees;

  private TreeSurvey(int substreams) {
    trees = new Tree[substreams];
  }

  /** Looks at all viewers; a survey without trees where the strategy has none. */
  static TreeSurvey of(int substreams, List<Participant> present) {
    Map<Integer, List<@Nullable SimPeer>> parents = new HashMap<>();
    for (Participant participant : present) {
      List<@Nullable SimPeer> own = participant.logic().parents();
      if (own.size() == substreams) {
        parents.put(participant.peer().number(), own);
      }
    }
    TreeSurvey survey = new TreeSurvey(parents.isEmpty() ? 0 : substreams);
    for (int s = 0; s < survey.trees.length; s++) {
      survey.trees[s] = tree(s, present, parents);
    }
    return survey;
  }

  Tree[] trees() {
    return trees.clone();
  }

  private static Tree tree(
      int substream, List<Participant> present, Map<Integer, List<@Nullable SimPeer>> parents) {
    Tree tree = new Tree();
    Map<Integer, Integer> depths = new HashMap<>();
    for (Participant participant : present) {
      int number = participant.peer().number();
      SimPeer parent = parent(number, substream, parents);
      int depth = depth(number, substream, parents, depths);
      if (parent == null) {
        tree.orphans++;
      } else if (depth == ADRIFT) {
        tree.adrift++;
      } else {
        tree.reached++;
        tree.depths += depth;
        tree.maxDepth = Math.max(tree.maxDepth, depth);
        tree.sourceChildren += parent.source() ? 1 : 0;
      }
    }
    return tree;
  }

  private static @Nullable SimPeer parent(
      int number, int substream, Map<Integer, List<@Nullable SimPeer>> parents) {
    List<@Nullable SimPeer> own = parents.get(number);
    return own == null ? null : own.get(substream);
  }

  /** Hops from the source; {@link #ADRIFT} if the way up ends elsewhere or goes in a circle. */
  private static int depth(
      int number,
      int substream,
      Map<Integer, List<@Nullable SimPeer>> parents,
      Map<Integer, Integer> depths) {
    int steps = 0;
    int at = number;
    int found = UNKNOWN;
    while (found == UNKNOWN) {
      SimPeer parent = parent(at, substream, parents);
      steps++;
      if (parent == null || steps > parents.size()) {
        found = ADRIFT;
      } else if (parent.source()) {
        found = steps;
      } else {
        at = parent.number();
        int above = depths.getOrDefault(at, UNKNOWN);
        found = above > 0 ? above + steps : above;
      }
    }
    depths.put(number, found);
    return found;
  }
}
